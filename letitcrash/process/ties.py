"""Links, monitors and names as lab 3 builds them by hand, and a manager who keeps a name filled.

The runtime's own are woven into its processes (`exit_signals.py`, `registry.py`); these stand alone, and are the parts
that a reader's own can take the place of. A process is whatever can be a key of a dict: a name will do.
"""

from collections.abc import Callable, Collection, Hashable
from itertools import count
from typing import Any

from letitcrash.process.exit_rule import exit_signal
from letitcrash.process.me import Process
from letitcrash.process.terms import NOPROC, NORMAL


class Links:
    """The links between processes."""

    def __init__(self):
        self.ties: dict[Hashable, dict[Hashable, bool]] = {}

    def link(self, one: Hashable, other: Hashable) -> None:
        """Tie two lives together; twice is once, and to oneself is nothing."""
        if one != other:
            self.ties.setdefault(one, {})[other] = True
            self.ties.setdefault(other, {})[one] = True

    def unlink(self, one: Hashable, other: Hashable) -> None:
        """Undo the link, if there is one."""
        self.ties.get(one, {}).pop(other, None)
        self.ties.get(other, {}).pop(one, None)

    def fall(self, first: Hashable, reason: Any, trapping: Collection) -> tuple[dict, list[tuple]]:
        """Let `first` exit: return who exits, with reasons, and the messages as (receiver, sender, reason)."""
        fallen: dict[Hashable, Any] = {}
        told: list[tuple] = []
        leaving = [(first, reason)]
        for one, why in leaving:
            if one in fallen:
                continue
            fallen[one] = why
            for other in self.ties.pop(one, {}):
                del self.ties[other][one]
                outcome, word = exit_signal(why, trapping=other in trapping, linked=True)
                if outcome == "message":
                    told.append((other, one, word))
                elif outcome == "exits":
                    leaving.append((other, word))
        return fallen, told


class Monitors:
    """The monitors. `is_alive(pid)` tells whether a process lives, `send(pid, message)` delivers."""

    def __init__(self, is_alive: Callable[[Hashable], bool], send: Callable[[Hashable, tuple], Any]):
        self.is_alive, self.send = is_alive, send
        self.watches: dict[int, tuple[Hashable, Hashable]] = {}
        self._refs = count(1)

    def monitor(self, watcher: Hashable, target: Hashable) -> int:
        """Let `watcher` be sent one ("DOWN", ref, target, reason); the reference. The dead are down at once: noproc."""
        ref = next(self._refs)
        if self.is_alive(target):
            self.watches[ref] = (watcher, target)
        else:
            self.send(watcher, ("DOWN", ref, target, NOPROC))
        return ref

    def demonitor(self, ref: int) -> None:
        """Stop watching under this reference."""
        self.watches.pop(ref, None)

    def exited(self, pid: Hashable, reason: Any) -> None:
        """`pid` is no more: tell who watches it, and forget whom it watched."""
        for ref, (watcher, target) in list(self.watches.items()):
            if pid in (watcher, target):
                del self.watches[ref]
                if watcher != pid:
                    self.send(watcher, ("DOWN", ref, target, reason))


class Names:
    """The book of names: a name belongs to one live process, a process has at most one. `is_alive(pid)` tells."""

    def __init__(self, is_alive: Callable[[Hashable], bool]):
        self.is_alive = is_alive
        self.book: dict[str, Hashable] = {}

    def register(self, name: str, pid: Hashable) -> None:
        """Write it into the book. Raises ValueError: name taken, process named already, process dead."""
        if name in self.book:
            raise ValueError(f"{name!r} is taken by {self.book[name]!r}")
        if pid in self.book.values():
            raise ValueError(f"{pid!r} has a name already")
        if not self.is_alive(pid):
            raise ValueError(f"{pid!r} is dead")
        self.book[name] = pid

    def unregister(self, name: str) -> None:
        """Free the name. Raises ValueError when nobody has it."""
        if name not in self.book:
            raise ValueError(f"nobody is called {name!r}")
        del self.book[name]

    def whereis(self, name: str) -> Hashable | None:
        """Return the process that has the name, or None."""
        return self.book.get(name)

    def exited(self, pid: Hashable) -> None:
        """`pid` is no more: its name is free."""
        self.book = {name: owner for name, owner in self.book.items() if owner != pid}


def loop_with_exit_signals(loop: type, links: type, monitors: type, names: type) -> type:
    """Lab 2's `loop` with exit signals, on whatever links, monitors and book of names it is given.

    A round ends when nobody is ready. Then processes linked to the dead exit too, then their names are free, then their
    watchers are told.
    """

    class WithExitSignals(loop):
        def __init__(self):
            super().__init__()
            self.announced: set[int] = set()
            self.links = links()
            self.monitors = monitors(self.is_alive, self.send)
            self.names = names(self.is_alive)

        def is_alive(self, pid: int) -> bool:
            return pid in self.mailboxes and pid not in self.ended

        def run(self) -> None:
            while self.ready:
                super().run()
                for pid in [dead for dead in self.ended if dead not in self.announced]:
                    fallen, _ = self.links.fall(pid, self.ended[pid], trapping=())
                    for other, reason in fallen.items():
                        self.ended.setdefault(other, reason)
                        self.bodies.pop(other, None)
                news = [dead for dead in self.ended if dead not in self.announced]
                self.announced.update(news)
                for pid in news:
                    self.names.exited(pid)
                for pid in news:
                    self.monitors.exited(pid, self.ended[pid])

    return WithExitSignals


async def stand_in(me: Process, name: str, clerk: Callable) -> None:
    """Keep the name filled: when its process crashes, start `clerk` under it; when it goes home, go home too."""
    while True:
        if me.whereis(name) is None:
            me.spawn(clerk, name=name)
        down = await me.receive(me.monitor(name))
        if down.reason == NORMAL:
            return
