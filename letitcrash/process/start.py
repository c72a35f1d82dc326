"""A start that waits for the newcomer's word that it is ready (Erlang's proc_lib: start_link and init_ack)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from letitcrash.process.me import Process
from letitcrash.process.terms import KILL, Down, ExitSignal, Pid, Timeout


class Ack(NamedTuple):
    """What the newcomer tells the one that started it."""

    pid: Pid
    value: Any
    failed: bool


class StartFailed(Exception):
    """The newcomer could not start; `reason` says why, and is the reason it exits with."""

    def __init__(self, reason: Any):
        super().__init__(reason)
        self.reason = reason


def init_ack(me: Process, value: Any = None, *, failed: bool = False) -> None:
    """Tell the starter: I am ready (`value`), or I have `failed` (`value` is the reason)."""
    if me.parent is not None:
        me.send(me.parent, Ack(me.pid, value, failed))


async def start_link(
    me: Process, body: Callable, *args: Any, name: str | None = None, timeout: float | None = None, **kwargs: Any
) -> tuple[Pid, Any]:
    """Start `body` linked and wait for its `init_ack`: its pid and the value it acknowledged with.

    Raises StartFailed when it fails, exits first (then only if `me` traps exits: else the link ends `me`), or
    says nothing for `timeout` seconds (then it is killed).
    """
    _refuse_taken(me, name)
    pid = me.spawn_link(body, *args, name=name, **kwargs)
    word = await me.receive(lambda m: type(m) in (Ack, ExitSignal) and m.pid is pid, timeout=timeout)
    if type(word) is Timeout:
        me.unlink(pid)
        me.exit(pid, KILL)
        await me.receive(lambda m: type(m) is ExitSignal and m.pid is pid, timeout=0)
        raise StartFailed("timeout")
    return _judge(pid, word)


async def start(
    me: Process, body: Callable, *args: Any, name: str | None = None, timeout: float | None = None, **kwargs: Any
) -> tuple[Pid, Any]:
    """As `start_link`, without a link."""
    _refuse_taken(me, name)
    pid, ref = me.spawn_monitor(body, *args, name=name, **kwargs)
    word = await me.receive(lambda m: type(m) in (Ack, Down) and m.pid is pid, timeout=timeout)
    me.demonitor(ref, flush=True)
    if type(word) is Timeout:
        me.exit(pid, KILL)
        raise StartFailed("timeout")
    return _judge(pid, word)


def _refuse_taken(me: Process, name: str | None) -> None:
    there = name and me.whereis(name)
    if there:
        raise StartFailed(("already_started", there))


def _judge(pid: Pid, word: Any) -> tuple[Pid, Any]:
    if type(word) is not Ack:
        raise StartFailed(word.reason)
    if word.failed:
        raise StartFailed(word.value)
    return pid, word.value
