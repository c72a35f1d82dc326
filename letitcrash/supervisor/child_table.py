"""Children with ids and an order: bookkeeping and client requests. Subclasses decide restarts."""

from dataclasses import dataclass
from typing import Any

from letitcrash.gen_server import Stop
from letitcrash.process import Pid
from letitcrash.process import events as ev
from letitcrash.process.start import StartFailed
from letitcrash.process.terms import SHUTDOWN
from letitcrash.supervisor.rules import shuts_down
from letitcrash.supervisor.server import ChildInfo, Refused, SupervisorServer
from letitcrash.supervisor.specs import BadSpec, Child, check_child


@dataclass(slots=True)
class Place:
    """A child's place in its supervisor. Without a `pid` none runs; `restarting` if one is to be started again."""

    child: Child
    pid: Pid | None = None
    restarting: bool = False

    def is_taken(self) -> bool:
        """Tell whether a process runs at this place, or is about to come back."""
        return self.pid is not None or self.restarting


class ChildTable(SupervisorServer):
    """All of a supervisor but its decisions: `places` by id, in start order, and the answers to requests.

    A subclass decides: `init_children()`, `child_exited(pid, reason)`, `try_again(id)`, `terminate(reason)`. It acts
    through `ids`, `child`, `start_one`, `stop_one`, `heard`, `count`, `gone` and `try_later`.
    """

    is_up = False

    async def first_start(self, children: tuple[Child, ...]) -> Any:
        """Give each child its place, then let the subclass start them."""
        self.places = {child.id: Place(child) for child in children}
        then = await self.init_children()
        self.is_up = True
        return then

    # For the subclass

    def ids(self) -> list:
        """The ids of all children that have a place now, in start order."""
        return list(self.places)

    def child(self, id: Any) -> Child:
        """The specification of a child: its `restart` type, and more."""
        return self.places[id].child

    async def start_one(self, id: Any) -> Any:
        """Start a child: None, or the reason why it could not start. A temporary child that ignores it is forgotten.

        A start that fails with the reason None is told as "undefined", Erlang's word for no value.
        """
        place = self.places[id]
        try:
            place.pid, _ = await self.start_process(place.child, self.is_up)
        except StartFailed as error:
            return "undefined" if error.reason is None else error.reason
        if place.pid is None:
            self.leave(id)

    async def stop_one(self, id: Any) -> None:
        """Stop a child as its `shutdown` says, if it runs. A temporary child is forgotten."""
        place = self.places[id]
        if place.pid is not None:
            await self.stop_process(place.child, place.pid)
        self.leave(id)

    def heard(self, pid: Pid, reason: Any) -> Any:
        """Return the id of the child whose exit this is, and leave its place empty. None: it is no child of ours."""
        id = next((id for id, place in self.places.items() if place.pid is pid), None)
        if id is not None:
            self.note(ev.ChildExited, id, pid, reason)
            self.places[id].pid = None
        return id

    def gone(self, id: Any) -> Stop | None:
        """Let a child go for good; a temporary one is forgotten. Stop when it takes its supervisor along."""
        child = self.child(id)
        self.leave(id)
        running = sum(1 for other in self.places.values() if other.child.significant and other.is_taken())
        if shuts_down(self.flags.auto_shutdown, child.significant, running):
            self.note(ev.AutoShutdown, id)
            return Stop(SHUTDOWN)

    def try_later(self, id: Any) -> None:
        """Have `try_again(id)` called when others have had their turn, unless the child is stopped meanwhile."""
        self.places[id].restarting = True
        super().try_later(id)

    def leave(self, id: Any) -> None:
        """Leave this place empty; the place of a temporary child goes with it (del_child/2)."""
        place = self.places[id]
        place.pid, place.restarting = None, False
        if place.child.restart == "temporary":
            self.forget(id)

    def forget(self, id: Any) -> None:
        """Take the child's specification away."""
        del self.places[id]
        self.note(ev.ChildRemoved, id)

    def wants_again(self, id: Any) -> bool:
        """Tell whether a child whose start failed is to be tried again: it was not stopped or removed meanwhile."""
        wanted = id in self.places and self.places[id].restarting
        if wanted:
            self.places[id].restarting = False
        return wanted

    # Child administration (handle_call/3)

    async def start_child(self, child: Any) -> Any:
        """Add a child and start it."""
        try:
            check_child(child, self.flags.auto_shutdown)
        except BadSpec as error:
            return Refused(error.reason)
        if child.id in self.places:
            pid = self.places[child.id].pid
            return Refused("already_present" if pid is None else ("already_started", pid))
        try:
            pid, info = await self.start_process(child, again=False)
        except StartFailed as error:
            known = isinstance(error.reason, tuple) and error.reason[:1] == ("already_started",)
            return Refused(error.reason if known else (error.reason, child))
        if pid is not None or child.restart != "temporary":
            self.places[child.id] = Place(child, pid)
        return pid, info

    async def terminate_child(self, id: Any) -> Any:
        """Stop a child; its specification stays, unless it is temporary."""
        if id not in self.places:
            return Refused("not_found")
        await self.stop_one(id)

    async def restart_child(self, id: Any) -> Any:
        """Start a child again that was stopped."""
        refused = self.refuse_unless_down(id)
        if refused:
            return refused
        try:
            pid, info = await self.start_process(self.child(id), again=True)
        except StartFailed as error:
            return Refused(error.reason)
        self.places[id].pid = pid
        return pid, info

    async def delete_child(self, id: Any) -> Any:
        """Forget a child that was stopped."""
        refused = self.refuse_unless_down(id)
        if refused:
            return refused
        self.forget(id)

    def refuse_unless_down(self, id: Any) -> Refused | None:
        """OTP's errors for a child that is unknown, running or restarting."""
        place = self.places.get(id)
        if place is None:
            return Refused("not_found")
        if place.restarting:
            return Refused("restarting")
        return Refused("running") if place.pid is not None else None

    async def get_childspec(self, id: Any) -> Any:
        """The specification of a child."""
        return self.places[id].child if id in self.places else Refused("not_found")

    async def which_children(self) -> list[ChildInfo]:
        """All children, the last one first."""
        return [
            ChildInfo(id, "restarting" if place.restarting else place.pid, place.child.type)
            for id, place in reversed(self.places.items())
        ]

    async def count_children(self) -> dict[str, int]:
        """Numbers of specifications, live children, supervisors and workers."""
        places = list(self.places.values())
        supervisors = sum(1 for place in places if place.child.type == "supervisor")
        active = sum(1 for place in places if place.pid is not None and self.me.is_alive(place.pid))
        return dict(specs=len(places), active=active, supervisors=supervisors, workers=len(places) - supervisors)
