"""The process of any supervisor: start and stop a child, count restarts, hear of exits, answer requests."""

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from letitcrash.gen_server import GenServer, Ignore, Stop, cast
from letitcrash.process import ExitSignal, Pid, Process, Timeout
from letitcrash.process import events as ev
from letitcrash.process.start import StartFailed, start_plain
from letitcrash.process.terms import KILL, SHUTDOWN, BadArgument, reason_of
from letitcrash.supervisor.rules import gives_up
from letitcrash.supervisor.specs import BRUTAL_KILL, BadFlags, BadSpec, Child, Flags, check_children

LEVELS = 64  # supervisors, one below the other: a deeper tree is taken for one that has no end


class TryAgain(NamedTuple):
    """The cast of a supervisor to itself when a restart failed: others get their turn before it tries again."""

    id: Any


class Refused(NamedTuple):
    """The answer to a request that OTP answers with {error, reason}."""

    reason: Any


class ChildInfo(NamedTuple):
    """One line of `which_children`. `pid` is None when it is down, "restarting" when its start failed."""

    id: Any
    pid: Any
    type: str


async def start_process_of(me: Process, child: Child) -> tuple[Pid | None, Any]:
    """Start one child, linked to `me`: its pid (None: it ignored the start) and its info. Raises StartFailed."""
    name = {} if child.name is None else {"name": child.name}
    try:
        if hasattr(child.start, "start_link"):
            answer = await child.start.start_link(me, *child.args, **child.kwargs, **name)
        else:
            answer = start_plain(me, child.start, child.args, child.kwargs, child.name, str(child.id))
    except StartFailed:
        raise
    except Exception as error:
        raise StartFailed(reason_of(error)) from error
    pid, info = answer if isinstance(answer, tuple) and len(answer) == 2 else (answer, None)
    if type(pid) is not Pid and pid is not None:
        raise StartFailed(answer)
    return pid, info


def order(child: Child) -> tuple[Any, float | None]:
    """Return the reason with which a child is told to leave, and the seconds that it gets for it (None: no end)."""
    if child.shutdown == BRUTAL_KILL:
        return KILL, 0
    return SHUTDOWN, None if child.shutdown == math.inf else child.shutdown


async def stop_process_of(me: Process, child: Child, pid: Pid) -> Any:
    """Stop one child as its `shutdown` says, and return the reason it left with (shutdown/1)."""
    how, patience = order(child)
    ref = me.monitor(pid)
    me.exit(pid, how)
    down = await me.receive(ref, timeout=None if how == KILL else patience)
    if type(down) is Timeout:
        me.exit(pid, KILL)
        down = await me.receive(ref)
    return await flush_exit(me, pid, down.reason)


async def flush_exit(me: Process, pid: Pid, reason: Any) -> Any:
    """Undo the link and take the exit signal out of the mailbox; its reason is the true one (unlink_flush/2)."""
    me.unlink(pid)
    word = await me.receive(lambda message: type(message) is ExitSignal and message.pid is pid, timeout=0)
    return reason if type(word) is Timeout else word.reason


def lineage_of(me: Process, spec: Any) -> tuple:
    """Return the specs of `me` and of the supervisors above it, and `spec`. BadArgument when they would have no end."""
    above = (me.dictionary or {}).get("supervisor")
    lineage = above.lineage if isinstance(above, SupervisorServer) else ()
    if any(each is spec for each in lineage):
        raise BadArgument(f"{spec!r} is started below itself: a supervisor cannot be among its own children")
    if len(lineage) >= LEVELS:
        raise BadArgument(f"{spec!r} is {len(lineage)} levels deep, {LEVELS} are allowed: does it contain itself?")
    return (*lineage, spec)


class SupervisorServer(GenServer):
    """The common part of all supervisors: count restarts, give up, shut down.

    `lineage` holds the specs of the supervisors above it and, last, that of its own.
    """

    process_label = "supervisor"
    flags: Flags

    async def init(self, lineage: tuple) -> Any:
        """Read the flags and start the children, or stop what was started when one fails."""
        self.me.trap_exit = True
        self.me.dictionary = {"supervisor": self}
        *_, spec = self.lineage = lineage
        self.rules, self.restarts = spec.rules, []
        try:
            told = spec.init()
            if type(told) is Ignore:
                return told
            if not isinstance(told, tuple) or len(told) != 2:
                return Stop(("bad_return", told))
            flags, children = told
            if not isinstance(flags, Flags):
                return Stop(("supervisor_data", ("invalid_type", flags)))
            children = check_children(children, flags)
        except BadSpec as error:
            kind = "supervisor_data" if type(error) is BadFlags else "start_spec"
            return Stop(error.reason if error.reason[0] == "bad_start_spec" else (kind, error.reason))
        self.flags = flags
        if flags.strategy != spec.flags.strategy:  # its init has decided otherwise
            self.__class__ = spec.server_class_for(flags.strategy)
        ids = tuple(child.id for child in children)
        self.note(ev.SupervisorStarted, flags.strategy, flags.intensity, flags.period, flags.auto_shutdown, ids)
        return await self.first_start(children)

    def note(self, kind: type, *fields: Any) -> None:
        """Record an event about this supervisor."""
        self.me.note(kind, *fields)

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Child administration: the request names its method."""
        name, *args = request
        return await getattr(self, name)(*args)

    async def handle_cast(self, message: Any) -> Any:
        """Try a failed restart again, if the child is still waited for."""
        if type(message) is not TryAgain:
            return await super().handle_cast(message)
        if self.wants_again(message.id):
            return await self.try_again(message.id)

    async def handle_info(self, message: Any) -> Any:
        """Hear of a child's exit. Exits of other processes and plain messages mean nothing to a supervisor."""
        if type(message) is ExitSignal:
            return await self.child_exited(message.pid, message.reason)

    def count(self, id: Any, window: Iterable[int]) -> None:
        """Keep the `window` of restarts that count now, after one more for child `id`."""
        self.restarts, flags = list(window), self.flags
        self.me.charge(len(self.restarts) // 10)  # a long window costs time, and the trace holds them all
        kind = ev.GaveUp if gives_up(self.restarts, flags.intensity) else ev.Restarted
        self.note(kind, id, tuple(self.restarts), flags.intensity, flags.period)

    def try_later(self, id: Any) -> None:
        """Go on with other messages before trying again (try_again_restart/1)."""
        cast(self.me, self.me.pid, TryAgain(id))

    async def start_process(self, child: Child, again: bool) -> tuple[Pid | None, Any]:
        """Start a child and say so in the trace."""
        try:
            pid, info = await start_process_of(self.me, child)
        except StartFailed as error:
            self.note(ev.ChildFailed, child.id, error.reason)
            raise
        self.note(ev.ChildStarted, child.id, pid, child.restart, child.type, again)
        return pid, info

    async def stop_process(self, child: Child, pid: Pid) -> None:
        """Stop a child and say so in the trace."""
        self.note(ev.ChildStopping, child.id, pid, *order(child))
        reason = await stop_process_of(self.me, child, pid)
        self.note(ev.ChildStopped, child.id, pid, reason)
