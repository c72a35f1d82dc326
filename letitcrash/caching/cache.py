"""Cache: values by key for a time to live, in a room that may be small."""

from collections import OrderedDict
from typing import Any

from letitcrash.caching.rules import Entry, outcome


class Cache:
    """Entries by key. Each lives `ttl` seconds from when it was put, however often it is asked for.

    With `room`, at most so many entries are kept: the least recently used one goes. To be put and to be hit is to be
    used. An entry that is too old stays until it is replaced, dropped or evicted, so that `peek` can show it.
    Raises ValueError for a negative `ttl` and for a `room` of 0.

    >>> cache = Cache(ttl=900)
    >>> cache.put("ham", 1.99, now=0)
    >>> cache.get("ham", now=899).value, cache.get("ham", now=900)
    (1.99, None)
    """

    def __init__(self, ttl: float = 900.0, room: int | None = None):
        if not ttl >= 0:
            raise ValueError(f"ttl is {ttl} s: it must be 0 s or more")
        if room is not None and room < 1:
            raise ValueError(f"room is {room}: it must be for at least 1 entry, or None for no limit")
        self.ttl, self.room = ttl, room
        self._entries: OrderedDict[str, Entry] = OrderedDict()  # the least recently used one is first

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: str) -> bool:
        """Return whether `key` has an entry, of whatever age."""
        return key in self._entries

    def get(self, key: str, now: float) -> Entry | None:
        """Return the entry of `key` while it lives, and note that it was used; None if there is none."""
        entry = self._entries.get(key)
        if outcome(entry, now) != "hit":
            return None
        self._entries.move_to_end(key)
        return entry

    def peek(self, key: str) -> Entry | None:
        """Return the entry of `key` however old it is, which does not count as use."""
        return self._entries.get(key)

    def put(self, key: str, value: Any, now: float, origin: str | None = None) -> str | None:
        """Store `value`, made from the document `origin` (by default `key`). Return the key that was evicted, if any.

        None is a value like any other.
        """
        self._entries[key] = Entry(value, now, self.ttl, key if origin is None else origin)
        self._entries.move_to_end(key)
        if self.room is not None and len(self._entries) > self.room:
            return self._entries.popitem(last=False)[0]
        return None

    def drop(self, origin: str) -> int:
        """Remove every entry that was made from the document `origin`, and return their number."""
        keys = [key for key, entry in self._entries.items() if entry.origin == origin]
        for key in keys:
            del self._entries[key]
        return len(keys)

    def flush(self) -> int:
        """Remove all entries, and return their number."""
        number = len(self._entries)
        self._entries.clear()
        return number
