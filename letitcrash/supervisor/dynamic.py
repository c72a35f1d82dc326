"""simple_one_for_one: one template, any number of children, known by their pids and stopped all at once."""

from dataclasses import replace
from typing import Any

from letitcrash.gen_server import Stop
from letitcrash.process import Pid
from letitcrash.process import events as ev
from letitcrash.process.start import StartFailed
from letitcrash.process.terms import KILL, SHUTDOWN, Down
from letitcrash.supervisor.rules import gives_up, shuts_down
from letitcrash.supervisor.server import ChildInfo, Refused, SupervisorServer, flush_exit, order
from letitcrash.supervisor.specs import Child


class DynamicSupervisor(SupervisorServer):
    """`children`: pid -> the child with its own arguments; `restarting`: the same, for those whose restart failed."""

    async def first_start(self, children: tuple[Child, ...]) -> Any:
        """Keep the template; only `start_child` starts children."""
        self.template = children[0]
        self.children: dict[Pid, Child] = {}
        self.restarting: dict[Pid, Child] = {}

    async def start_child(self, extra: Any) -> Any:
        """Start one more child, with these arguments after the template's."""
        if not isinstance(extra, (list, tuple)):
            return Refused(("badarg", extra))
        child = replace(self.template, args=self.template.args + tuple(extra))
        try:
            pid, info = await self.start_process(child, again=False)
        except StartFailed as error:
            return Refused(error.reason)
        if pid is not None:
            self.children[pid] = child
        return pid, info

    async def child_exited(self, pid: Pid, reason: Any) -> Any:
        """Start the child that exited again with its own arguments, or forget it."""
        child = self.children.get(pid)
        if child is None:
            return None
        self.note(ev.ChildExited, child.id, pid, reason)
        if self.rules.should_restart(child.restart, reason):
            return await self.restart(pid)
        del self.children[pid]
        if shuts_down(self.flags.auto_shutdown, child.significant, len(self.children) + len(self.restarting)):
            self.note(ev.AutoShutdown, child.id)
            return Stop(SHUTDOWN)

    async def restart(self, pid: Pid) -> Any:
        """Count, then start one again."""
        child = self.children.pop(pid, None) or self.restarting.pop(pid)
        self.count(child.id, self.rules.restart_window(self.restarts, self.me.now, self.flags.period))
        if gives_up(self.restarts, self.flags.intensity):
            return Stop(SHUTDOWN)
        try:
            new, _ = await self.start_process(child, again=True)
        except StartFailed:
            self.restarting[pid] = child
            self.try_later(pid)
        else:
            if new is not None:
                self.children[new] = child

    def wants_again(self, pid: Pid) -> bool:
        """Tell whether a child whose start failed is to be tried again."""
        return pid in self.restarting

    try_again = restart

    async def terminate(self, reason: Any) -> None:
        """Stop all at the same time, under one clock (terminate_dynamic_children/1)."""
        me, child = self.me, self.template
        waiting = {}
        how, patience = order(child)
        for pid in self.children:
            self.note(ev.ChildStopping, child.id, pid, how, patience)
            waiting[me.monitor(pid)] = pid
            me.exit(pid, how)
        alarm = me.make_ref()
        timer = None if how == KILL or patience is None else me.send_after(patience, me.pid, (alarm, KILL))
        while waiting:
            word = await me.receive(
                lambda m: (type(m) is Down and m.ref in waiting) or (type(m) is tuple and m[:1] == (alarm,))
            )
            if type(word) is Down:
                pid = waiting.pop(word.ref)
                self.note(ev.ChildStopped, child.id, pid, await flush_exit(me, pid, word.reason))
            else:
                timer = None
                for pid in waiting.values():
                    me.exit(pid, KILL)
        if timer:
            me.cancel_timer(timer)

    async def terminate_child(self, pid: Any) -> Any:
        """Stop one child, by its pid."""
        if type(pid) is not Pid:
            return Refused("simple_one_for_one")
        if self.is_stranger(pid):
            return Refused("not_found")
        if pid in self.children:
            await self.stop_process(self.children[pid], pid)
            del self.children[pid]
        self.restarting.pop(pid, None)

    def is_stranger(self, pid: Pid) -> bool:
        """Tell whether this is a live process and no child. A dead one passes for a former child (find_child/2)."""
        return pid not in self.children and pid not in self.restarting and self.me.is_alive(pid)

    async def restart_child(self, id: Any) -> Refused:
        """Refuse: the children have no ids here."""
        return Refused("simple_one_for_one")

    delete_child = restart_child

    async def get_childspec(self, id: Any) -> Any:
        """The template, by its id or the pid of a child."""
        is_pid_of_ours = type(id) is Pid and not self.is_stranger(id)
        return self.template if is_pid_of_ours or id == self.template.id else Refused("not_found")

    async def which_children(self) -> list[ChildInfo]:
        """All children; none has an id of its own."""
        kind = self.template.type
        there = [ChildInfo(None, pid, kind) for pid in self.children]
        return there + [ChildInfo(None, "restarting", kind) for _ in self.restarting]

    async def count_children(self) -> dict[str, int]:
        """Numbers of specifications, live children, supervisors and workers."""
        size = len(self.children) + len(self.restarting)
        supervisors = size if self.template.type == "supervisor" else 0
        return dict(specs=1, active=len(self.children), supervisors=supervisors, workers=size - supervisors)
