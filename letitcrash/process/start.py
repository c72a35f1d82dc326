"""A start that waits for the newcomer's word that it is ready (Erlang's proc_lib: start_link and init_ack)."""

import dis
from collections import ChainMap
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from letitcrash.process.bodies import without_partial
from letitcrash.process.me import Process
from letitcrash.process.terms import KILL, BadArgument, Down, Exit, ExitSignal, Pid, Timeout, error_in


class Ack(NamedTuple):
    """The message of the newcomer to the process that started it."""

    pid: Pid
    value: Any
    failed: bool


class StartFailed(Exception):
    """The newcomer could not start; `reason` says why, and is the reason it exits with."""

    def __init__(self, reason: Any):
        super().__init__(reason)
        self.reason = reason
        self.__cause__ = error_in(reason)  # so that a traceback begins with the line that failed


def init_ack(me: Process, value: Any = None, *, failed: bool = False) -> None:
    """Tell the starter: I am ready (`value`), or I have `failed` (`value` is the reason)."""
    if me.parent is not None:
        me.send(me.parent, Ack(me.pid, value, failed))


async def start_link(
    me: Process,
    body: Callable,
    *args: Any,
    name: str | None = None,
    label: str | None = None,
    timeout: float | None = None,
    **kwargs: Any,
) -> tuple[Pid, Any]:
    """Start `body` linked and wait for its `init_ack`: its pid and the value it acknowledged with.

    Raises StartFailed when it fails, exits first (then only if `me` traps exits: else the link ends `me`), or
    says nothing for `timeout` seconds (then it is killed).
    """
    _refuse_taken(me, name)
    pid = me.node.spawn(body, args, kwargs, name, me.pid, True, label, register_and_say_so).pid
    word = await me.receive(lambda m: type(m) in (Ack, ExitSignal) and m.pid is pid, timeout=timeout)
    if type(word) is Timeout:
        me.unlink(pid)
        me.exit(pid, KILL)
        await me.receive(lambda m: type(m) is ExitSignal and m.pid is pid, timeout=0)
        raise StartFailed("timeout")
    return _judge(pid, word)


async def start(
    me: Process,
    body: Callable,
    *args: Any,
    name: str | None = None,
    label: str | None = None,
    timeout: float | None = None,
    **kwargs: Any,
) -> tuple[Pid, Any]:
    """As `start_link`, without a link."""
    _refuse_taken(me, name)
    pid = me.node.spawn(body, args, kwargs, name, me.pid, False, label, register_and_say_so).pid
    ref = me.monitor(pid)
    word = await me.receive(lambda m: type(m) in (Ack, Down) and m.pid is pid, timeout=timeout)
    me.demonitor(ref, flush=True)
    if type(word) is Timeout:
        me.exit(pid, KILL)
        raise StartFailed("timeout")
    return _judge(pid, word)


def check_start(start: Any) -> None:
    """Raise BadArgument when `start` would start a process and leave it behind: a `start_link`, or a body around one.

    Such a body ends in the instant in which its server is up, and the server is then linked to nobody.
    """
    function = without_partial(start)
    if function is not start and isinstance(function, type) and hasattr(function, "start_link"):
        raise BadArgument(f"give {function.__name__} itself, with its arguments in `args`, and not a partial of it")
    name = getattr(function, "__name__", "")
    if _is_a_start(function):
        owner = function.__self__
        what = owner.__name__ if isinstance(owner, type) else repr(owner)
        raise BadArgument(f"give {what} itself, with its arguments in `args`, and not its {name}")
    code = getattr(function, "__code__", None)
    if code is None:
        function = getattr(function, "__call__", None)  # noqa: B004
        code = getattr(function, "__code__", None)
    if type(code) is CodeType and _only_starts(code, _outer_values(getattr(function, "__func__", function))):
        what = name or repr(start)
        raise BadArgument(f"{what} starts a server and leaves it alone: give what has the start_link, uncalled")


def _is_a_start(value: Any) -> bool:
    """Tell whether this is the `start_link` or the `start` of a server or a supervisor, under whatever name."""
    owner = getattr(value, "__self__", None)
    return getattr(value, "__name__", "") in ("start_link", "start") and hasattr(owner, "start_link")


def _only_starts(code: CodeType, outer: Mapping[str, Any]) -> bool:
    """Tell whether code awaits nothing but start_link or start, or is a lambda that calls it.

    `outer` are the values of the names that it takes from outside.
    """
    steps = list(dis.get_instructions(code))
    values = [outer.get(step.argval) if step.opname in ("LOAD_GLOBAL", "LOAD_DEREF") else None for step in steps]
    starts = sum(
        step.argval == "start_link" or _is_a_start(value) or (step.argval == "start" and hasattr(owner, "start_link"))
        for step, value, owner in zip(steps, values, [None, *values[:-1]], strict=True)
    )
    return 0 < starts >= sum(1 for step in steps if step.opname == "GET_AWAITABLE")


def _outer_values(function: FunctionType) -> Mapping[str, Any]:
    """The values that a function finds outside itself: of its module's names, and of those that it closes over."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    closed = {}
    for name, cell in cells:
        with suppress(ValueError):  # not bound yet
            closed[name] = cell.cell_contents
    return ChainMap(closed, function.__globals__)


def start_plain(me: Process, body: Callable, args: tuple, kwargs: dict, name: str | None, label: str) -> Pid:
    """Start a body that acknowledges nothing, linked; as those of `start_link` it registers its name itself."""
    return me.node.spawn(body, args, kwargs, name, me.pid, True, label, first_step=register).pid


def register(me: Process, name: str, body: Callable, args: tuple, kwargs: dict | None) -> Any:
    """Register the process in its own first step, as OTP's `gen` does, and make its body.

    So nobody finds the name between the start and that step: a caller that tries again at once after a crash meets
    noproc, although the supervisor has acted already.
    """
    there = me.whereis(name)
    if there is not None:
        raise Exit(("already_started", there))
    me.register(name)
    return body(me, *args, **(kwargs or {}))


def register_and_say_so(me: Process, name: str, body: Callable, args: tuple, kwargs: dict | None) -> Any:
    """`register`, for a process whose starter waits for its `init_ack`."""
    there = me.whereis(name)
    return _say_taken(me, there) if there is not None else register(me, name, body, args, kwargs)


async def _say_taken(me: Process, there: Pid) -> None:
    init_ack(me, ("already_started", there), failed=True)


def _refuse_taken(me: Process, name: str | None) -> None:
    there = name and me.whereis(name)
    if there:
        raise StartFailed(("already_started", there))


def _judge(pid: Pid, word: Any) -> tuple[Pid, Any]:
    if type(word) is Ack and not word.failed:
        return pid, word.value
    reason = word.value if type(word) is Ack else word.reason
    raise StartFailed(reason)
