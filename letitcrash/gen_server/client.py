"""What one can ask of a server: call, cast, reply, stop."""

from typing import Any

from letitcrash.gen_server.words import Answer, Call, CallFailed, Cast, StopRequest
from letitcrash.process import BadArgument, Pid, Process, Ref, Timeout
from letitcrash.process.mail import check_seconds
from letitcrash.process.terms import NOCONNECTION, NOPROC, NORMAL

CALL_TIMEOUT = 5.0  # seconds (OTP's 5000 ms)


async def call(
    me: Process,
    server: Any,
    request: Any,
    timeout: float | None = CALL_TIMEOUT,
    alias: bool = True,
) -> Any:
    """Ask and wait; raises CallFailed, by which `me` exits unless it knows better.

    Answers come to the reference, an address that closes with the call: a late one
    is dropped. With `alias=False`, as before OTP 24, it turns up in the mailbox.
    """
    pid = _pid_of(me, server, request)
    if timeout is not None:
        check_seconds(timeout, "a time-out")  # before anybody is asked
    ref = me.monitor(pid, alias)
    me.send(pid, Call(request, ref))
    answer = await me.receive(ref, timeout=timeout)
    if type(answer) is Answer:
        me.demonitor(ref, flush=True)
        return answer.value
    if type(answer) is Timeout:
        me.demonitor(ref, flush=True)
        raise CallFailed("timeout", server, request)
    lost = answer.reason == NOCONNECTION
    raise CallFailed(("nodedown", pid.node) if lost else answer.reason, server, request)


def cast(me: Process, server: Any, message: Any) -> None:
    """Tell, and do not wait. Always succeeds, even when nobody is there, or no such node."""
    try:
        me.send(server, Cast(message))
    except BadArgument:
        if not isinstance(server, str):
            raise


def reply(me: Process, caller: Ref, value: Any) -> None:
    """Answer `caller`, now or later."""
    if type(caller) is not Ref:
        raise BadArgument(f"reply takes the `caller` that came with the request; got {caller!r}")
    me.send(caller if caller.is_alias else caller.owner, Answer(caller, value))


async def stop(me: Process, server: Any, reason: Any = NORMAL, timeout: float | None = None) -> None:
    """Make the server stop with `reason` and wait until it has; raises CallFailed when it did not, or differently."""
    pid = _pid_of(me, server, "stop")
    ref = me.monitor(pid)
    me.send(pid, StopRequest(reason))
    down = await me.receive(ref, timeout=timeout)
    if type(down) is Timeout:
        me.demonitor(ref, flush=True)
        raise CallFailed("timeout", server, "stop")
    if down.reason != reason:
        raise CallFailed(down.reason, server, "stop")


def _pid_of(me: Process, server: Any, request: Any) -> Pid:
    """Who answers to `server`: a pid, a name, or (name, node). A node that is not ours is down (OTP gen.erl)."""
    if type(server) is Pid and server is not me.pid:
        return server
    if _is_elsewhere(me, server):
        raise CallFailed(("nodedown", server[1]), server, request)
    name = server[0] if isinstance(server, tuple) else server
    pid = me.whereis(name) if isinstance(name, str) else server
    if pid is me.pid:
        raise CallFailed("calling_self", server, request)
    if pid is None:
        raise CallFailed(NOPROC, server, request)
    return pid


def _is_elsewhere(me: Process, server: Any) -> bool:
    return isinstance(server, tuple) and len(server) == 2 and server[1] != me.node.name
