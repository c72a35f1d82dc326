"""The supervisor whose children have ids and an order: one_for_one, one_for_all, rest_for_one."""

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
    """A child's place in its supervisor. `pid` None: nobody there; then `restarting` says whether that will change."""

    child: Child
    pid: Pid | None = None
    restarting: bool = False

    def is_taken(self) -> bool:
        """Whether somebody is at this place, or about to come back."""
        return self.pid is not None or self.restarting


class StaticSupervisor(SupervisorServer):
    """one_for_one, one_for_all, rest_for_one: `places` by id, in start order."""

    async def first_start(self, children: tuple[Child, ...]) -> Any:
        """Start all in order; when one fails, stop those before it and fail as well (init_children/2)."""
        self.places = {child.id: Place(child) for child in children}
        failed = await self.start_all(list(self.places), again=False)
        if failed is not None:
            await self.stop_all(list(self.places))
            return Stop((SHUTDOWN, ("failed_to_start_child", *failed)))

    async def start_all(self, ids: list, again: bool) -> tuple | None:
        """Start these in order (start_children/2): None, or the id and the reason of the first that failed."""
        for id in ids:
            place = self.places[id]
            try:
                place.pid, _ = await self.start_one(place.child, again)
            except StartFailed as error:
                return id, error.reason
            if place.pid is None and place.child.restart == "temporary":
                self.forget(id)

    async def stop_all(self, ids: list) -> None:
        """Stop these, last one first (terminate_children/2). What is temporary is forgotten."""
        for id in reversed(ids):
            place = self.places[id]
            if place.pid is not None:
                await self.stop_one(place.child, place.pid)
            self.leave(id)

    def leave(self, id: Any) -> None:
        """Nobody is at this place now; a temporary child's place goes with it (del_child/2)."""
        place = self.places[id]
        place.pid, place.restarting = None, False
        if place.child.restart == "temporary":
            self.forget(id)

    def forget(self, id: Any) -> None:
        """Take the child's specification away."""
        del self.places[id]
        self.note(ev.ChildRemoved, id)

    async def child_exited(self, pid: Pid, reason: Any) -> Any:
        """A process that was linked has exited: decide, and act (do_restart/3)."""
        id = next((id for id, place in self.places.items() if place.pid is pid), None)
        if id is None:
            return None
        place = self.places[id]
        child = place.child
        self.note(ev.ChildExited, id, pid, reason)
        if self.rules.should_restart(child.restart, reason):
            place.pid = None
            return await self.restart(id)
        self.leave(id)
        running = sum(1 for other in self.places.values() if other.child.significant and other.is_taken())
        if shuts_down(self.flags.auto_shutdown, child.significant, running):
            self.note(ev.AutoShutdown, id)
            return Stop(SHUTDOWN)

    async def restart(self, id: Any) -> Any:
        """Count, then stop and start what the strategy says (restart/2, restart_multiple_children/3)."""
        if not self.count_restart(id):
            self.leave(id)
            return Stop(SHUTDOWN)
        ids = self.rules.to_restart(self.flags.strategy, list(self.places), id)
        await self.stop_all([other for other in ids if other != id])
        failed = await self.start_all([other for other in ids if other in self.places], again=True)
        if failed is not None:
            self.places[failed[0]].restarting = True
            self.try_later(failed[0])

    async def try_again(self, id: Any) -> Any:
        """Restart a child whose start failed, unless it has been stopped or removed meanwhile."""
        if id in self.places and self.places[id].restarting:
            self.places[id].restarting = False
            return await self.restart(id)

    async def terminate(self, reason: Any) -> None:
        """Stop all children, last one first."""
        if hasattr(self, "places"):
            await self.stop_all(list(self.places))

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
            pid, info = await self.start_one(child, again=False)
        except StartFailed as error:
            known = isinstance(error.reason, tuple) and error.reason[:1] == ("already_started",)
            return Refused(error.reason if known else (error.reason, child))
        if pid is not None or child.restart != "temporary":
            self.places[child.id] = Place(child, pid)
        return pid, info

    async def terminate_child(self, id: Any) -> Any:
        """Stop a child; its specification stays, unless it is temporary."""
        place = self.places.get(id)
        if place is None:
            return Refused("not_found")
        if place.pid is not None:
            await self.stop_one(place.child, place.pid)
        self.leave(id)

    async def restart_child(self, id: Any) -> Any:
        """Start a child again that was stopped."""
        refused = self.refuse_unless_down(id)
        if refused:
            return refused
        try:
            pid, info = await self.start_one(self.places[id].child, again=True)
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
