"""A start that waits for the newcomer's word that it is ready (Erlang's proc_lib: start_link and init_ack)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from letitcrash.process.me import Process
from letitcrash.process.terms import KILL, Down, Exit, ExitSignal, Pid, Timeout, error_in


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
