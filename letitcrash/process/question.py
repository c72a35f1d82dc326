"""A question that is put to a world from outside, by a process of its own, and the rule of when no answer will come.

Where nothing is planned any more, no answer can come. But a process that ticks keeps the clock going for ever, and
nothing tells for certain that its ticks lead nowhere. So the rule is one of patience, looked at after each thousand
calls of the clock, for an asker that waits without a time-out. It gives up

- after an hour in which none of the processes that it waits for took a message, and none has an alarm or a timer; a
  process waits for those that it monitors, as a call does, or else for its youngest linked child, as a start does;
- after a day of waiting for one and the same message, whatever the others did.
"""

from collections.abc import Callable, Mapping
from typing import Any

from letitcrash.process.addresses import Ref, home_of
from letitcrash.process.awaits import check_awaits
from letitcrash.process.bodies import without_partial
from letitcrash.process.mail import WAITING, Timer
from letitcrash.process.me import Process
from letitcrash.process.node import Node
from letitcrash.process.terms import error_in

HOUR, DAY = 3600.0, 86_400.0  # seconds of the world
MOST_SAID = 12  # processes that an error names


class Question:
    """Runs `await body(me, *args, **kwargs)` in a process, which stops the clock when it has the answer.

    `nodes` are the world's, where those are that it waits for.
    """

    def __init__(self, node: Node, body: Callable, args: tuple, kwargs: dict, nodes: Mapping[str, Node]):
        self._node, self._body, self._nodes = node, body, nodes
        asked = without_partial(body)
        check_awaits(asked)
        self._name = getattr(asked, "__name__", type(asked).__name__)
        self._answer: list = []  # the value, and the error that was raised instead
        self._open = True
        self._asker = node.spawn(self._ask, args, kwargs, label="passer-by")
        self._seen: list = []  # the processes that it waits for, as they were at the last look
        self._since = self._asker_since = node.clock.now  # the last look at which they, or the asker, were not the same

    async def _ask(self, me: Process, *args: Any, **kwargs: Any) -> None:
        try:
            self._answer = [await self._body(me, *args, **kwargs), None]
        except Exception as error:
            self._answer = [None, error]
        finally:
            if self._open:
                self._node.clock.stop()

    def close(self) -> None:
        """Stop waiting: an answer that comes later stops no other run."""
        self._open = False

    def look(self) -> None:
        """Raise TimeoutError when the patience of this module's rule is at its end."""
        now = self._node.clock.now
        chain = self._chain()
        seen = [_standing(process) for process in chain]
        waits = self._asker._state is WAITING and self._asker._alarm is None
        if not waits or seen[:1] != self._seen[:1]:
            self._asker_since = now
        if not waits or seen != self._seen:
            self._since = now
        self._seen = seen
        if now - self._asker_since >= DAY:
            raise TimeoutError(f"{self._name}: no answer came in a day, though the clock goes on: {self._waits(chain)}")
        if now - self._since >= HOUR and not self._expects_something(chain):
            said = f"no answer will come; since second {self._since:g} the clock has gone on for others only"
            raise TimeoutError(f"{self._name}: {said}: {self._waits(chain)}")

    def _chain(self) -> list[Process]:
        """The asker, those that it waits for, those that they wait for, and so on."""
        chain = [self._asker]
        for process in chain:
            known = map(self._find, self._targets(process))
            chain += [each for each in dict.fromkeys(known) if each is not None and each not in chain]
        return chain

    def _find(self, address: Any) -> Process | None:
        """The live process of a pid or of `(name, node)`, on whichever node."""
        home = self._nodes.get(home_of(address))
        return home and home.locate(address)

    def _targets(self, process: Process) -> list[Any]:
        """The addresses of those that a process waits for."""
        if process._monitors:
            return list(dict.fromkeys(process._monitors.values()))
        linked = map(self._find, reversed(process._links))
        return next(([each.pid] for each in linked if each is not None and each.parent is process.pid), [])

    def _expects_something(self, chain: list[Process]) -> bool:
        """Tell whether one of them has its turn to come, an alarm, or a message that is planned for it."""
        if any(process._state is not WAITING or process._alarm is not None for process in chain):
            return True
        pids = {process.pid for process in chain}
        names = {process.name for process in chain}
        addresses = (planned.to for planned in self._node.clock.planned() if type(planned) is Timer)
        return any((to.owner if type(to) is Ref else to) in pids or to in names for to in addresses)

    def _waits(self, chain: list[Process]) -> str:
        """Say who waits for whom."""
        edges = [(process.pid, self._targets(process)) for process in chain]
        said = [f"{pid!r} waits for {' and '.join(map(repr, to)) or 'a message'}" for pid, to in edges]
        return ", ".join(said[:MOST_SAID]) + (f", and {len(said) - MOST_SAID} more" if len(said) > MOST_SAID else "")

    def answer(self) -> Any:
        """Return the answer, or raise what was raised. To be called when the clock stands still."""
        asker = self._asker.pid
        if not self._answer and self._node.process_of(asker) is not None:
            said = f"no answer will ever come; all wait and no timer is set: {self._waits(self._chain())}"
            raise TimeoutError(f"{self._name}: {said}")
        if not self._answer:
            why = getattr(self._asker, "exit_reason", "its node crashed")
            said = f"{self._name}: {asker!r}, who asked, was ended before an answer came: {why!r}"
            raise RuntimeError(said) from error_in(why)
        value, error = self._answer
        if error is not None:
            raise error
        return value


def _standing(process: Process) -> tuple:
    """A value that is another one when the process has taken a message, or has got one."""
    return process.pid, process._state, process._reductions, process._newest_ref, len(process._mailbox)
