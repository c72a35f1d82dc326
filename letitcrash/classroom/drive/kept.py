"""Keep what an answer prints, its beginning, and what it gives back, as JSON; none of it without end."""

import inspect
import io
import numbers
import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

OUTPUT_CHARACTERS = 4_000
"""Characters kept of the text that an answer prints."""
EVIDENCE_ITEMS = 20_000
"""Values that one case's evidence may hold; fifty characters of text count as one more."""

ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
"""An address in memory: it differs every time, and nothing in a report may."""


class Capped(io.TextIOBase):
    """A stream that keeps the first characters and forgets the rest."""

    def __init__(self, limit: int = OUTPUT_CHARACTERS):
        self.limit, self.kept, self.lost = limit, [], 0

    def writable(self) -> bool:
        """True: it takes text."""
        return True

    def write(self, text: str) -> int:
        """Keep what still fits."""
        self.kept.append(text[: self.limit])
        self.limit -= len(self.kept[-1])
        self.lost += len(text) - len(self.kept[-1])
        return len(text)

    def text(self) -> str:
        """The text that was kept, and the number of characters that were not."""
        return "".join(self.kept) + (f"\n… and {self.lost:,} characters more" if self.lost else "")


def plain(value: Any) -> Any:
    """The value as JSON has it: numbers, text, truth, None, dicts, any sequence; of anything else its type and repr."""
    return _plain(value, [EVIDENCE_ITEMS], 0)


def _plain(value: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > 20:
        return "…"
    kind = type(value)
    if value is None or kind is bool or kind is float:
        return value
    if kind is int:
        return value if abs(value) < 10**300 else "a number of more than 300 digits"
    if kind is list or kind is tuple:  # as below, without asking an abstract class
        return [_plain(item, left, depth + 1) for item in islice(value, max(0, left[0]) + 1)]
    if isinstance(value, str):
        text = str.__str__(value)[:10_000]
        left[0] -= len(text) // 50
        return text
    if isinstance(value, dict):
        return {str(key)[:200]: _plain(item, left, depth + 1) for key, item in list(dict.items(value))[: left[0] + 1]}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(item, left, depth + 1) for item in islice(value, max(0, left[0]) + 1)]
    if isinstance(value, numbers.Real):
        return float(value)
    if inspect.iscoroutine(value):
        value.close()  # Python would warn that nobody awaited it; the report says so in words
    words = _set_in_order(value) if isinstance(value, set | frozenset) else repr(value)
    return {"type": type(value).__name__[:60], "repr": ADDRESS.sub("", words[:200])}


def _set_in_order(value: set | frozenset) -> str:
    """The set as text that is the same in every process."""
    return f"{{{', '.join(sorted(map(repr, value)))}}}"
