"""Supervisor, as one writes and starts it, and the part that it shares with a supervisor of one's own."""

from collections.abc import Callable, Iterable
from typing import Any

from letitcrash.process import Pid, Process
from letitcrash.supervisor.child_table import ChildTable
from letitcrash.supervisor.dynamic import DynamicSupervisor
from letitcrash.supervisor.rules import Rules
from letitcrash.supervisor.server import SupervisorServer, lineage_of
from letitcrash.supervisor.specs import Child, Flags, check_children
from letitcrash.supervisor.static import StaticSupervisor


class SupervisorSpec:
    """The specification of a supervisor: flags, children, the `server_class` of its process, the `rules` it goes by."""

    child_type = "supervisor"
    heart: type[ChildTable]
    rules = Rules()
    serve: Callable | None = None  # the loop of its process, when it is not the library's

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
        """Return the flags and children to start with, or Ignore(). Read at each start, which forgets added ones."""
        return self.flags, self.children

    @classmethod
    def with_loop(cls, serve: Callable) -> type["SupervisorSpec"]:
        """Make the same supervisor on another loop (`GenServer.with_loop`): one of your own, as in lab 5."""
        return type(cls.__name__, (cls,), {"serve": staticmethod(serve), "__module__": cls.__module__})

    async def start_link(self, me: Process, name: str | None = None) -> Pid | None:
        """Start it, and all its children, linked to `me`; raises StartFailed when one of them fails."""
        lineage = lineage_of(me, self)
        return await self.server_class_for(self.flags.strategy).start_link(me, lineage, name=name)

    def server_class_for(self, strategy: str) -> type[SupervisorServer]:
        """Return the class of the process of a supervisor with this strategy."""
        kind = DynamicSupervisor if strategy == "simple_one_for_one" else self.server_class
        return kind.with_loop(self.serve) if self.serve else kind


class Supervisor(SupervisorSpec):
    """A supervisor: start it with `start_link`, or put it into another one as a `Child`.

        Supervisor([Child("till 1", clerk), Child("shelf", Shelf, args=(12,))], strategy="one_for_all", intensity=3)

    `rules` lets a supervisor go by your own rules. Subclass it and write `init` to decide at each start anew.
    """

    server_class = StaticSupervisor
