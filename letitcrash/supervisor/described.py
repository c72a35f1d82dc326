"""Supervisor, as you write and start it; and what it shares with one that has another heart."""

from collections.abc import Callable, Iterable
from typing import Any

from letitcrash.process import Pid, Process
from letitcrash.supervisor.administration import Administration
from letitcrash.supervisor.dynamic import DynamicSupervisor
from letitcrash.supervisor.rules import Rules
from letitcrash.supervisor.server import SupervisorServer, refuse_endless
from letitcrash.supervisor.specs import Child, Flags, check_children
from letitcrash.supervisor.static import StaticSupervisor


class Description:
    """A supervisor, described: its flags, its children, the `heart` that will live, and the `rules` it decides by."""

    child_type = "supervisor"
    heart: type[Administration]
    rules = Rules()
    serve: Callable | None = None  # the loop that it lives by, when it is not the library's

    def __init__(
        self,
        children: Iterable[Child] = (),
        *,
        strategy: str = "one_for_one",
        intensity: int = 1,
        period: int = 5,
        auto_shutdown: str = "never",
        rules: Rules | None = None,
    ):
        self.flags = Flags(strategy, intensity, period, auto_shutdown)
        self.children = check_children(children, self.flags)
        self.rules = rules or self.rules

    def __repr__(self) -> str:
        return f"Supervisor({[child.id for child in self.children]}, strategy={self.flags.strategy!r})"

    def init(self) -> Any:
        """The flags and children to start with, or Ignore(). Read at each start: a restart forgets what was added."""
        return self.flags, self.children

    @classmethod
    def with_loop(cls, serve: Callable) -> type["Description"]:
        """The same supervisor, living by another loop (`GenServer.with_loop`): one of your own, as in lab 5."""
        return type(cls.__name__, (cls,), {"serve": staticmethod(serve), "__module__": cls.__module__})

    async def start_link(self, me: Process, name: str | None = None) -> Pid | None:
        """Start it, and all its children, linked to `me`; raises StartFailed when one of them fails."""
        refuse_endless(me, self)
        return await self.kind(self.flags.strategy).start_link(me, self, name=name)

    def kind(self, strategy: str) -> type[SupervisorServer]:
        """The class of the server that a supervisor with this strategy is."""
        kind = DynamicSupervisor if strategy == "simple_one_for_one" else self.heart
        return kind.with_loop(self.serve) if self.serve else kind


class Supervisor(Description):
    """A supervisor, described: start it with `start_link`, or put it into another one as a `Child`.

        Supervisor([Child("till 1", clerk), Child("shelf", Shelf, args=(12,))], strategy="one_for_all", intensity=3)

    `rules` lets a supervisor go by your own rules. Subclass it and write `init` to decide at each start anew.
    """

    heart = StaticSupervisor
