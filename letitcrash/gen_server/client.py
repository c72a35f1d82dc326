"""Requests to a server: call, cast, reply, stop."""

from typing import Any

from letitcrash.gen_server.messages import Answer, Call, CallFailed, Cast, StopRequest
from letitcrash.process import BadArgument, Pid, Process, Ref, Timeout
from letitcrash.process.addresses import home_of
from letitcrash.process.mail import check_seconds
from letitcrash.process.registry import is_name_and_node
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
    address = _address_of(me, server, request)
    if timeout is not None:
        check_seconds(timeout, "a time-out")  # before anybody is asked
    ref = me.monitor(address, alias)
    me.send(address, Call(request, ref))
    answer = await me.receive(ref, timeout=timeout)
    if type(answer) is Answer:
        me.demonitor(ref, flush=True)
        return answer.value
    if type(answer) is Timeout:
        me.demonitor(ref, flush=True)
        raise CallFailed("timeout", server, request)
    raise CallFailed(_why(address, answer.reason), server, request)


def cast(me: Process, server: Any, message: Any) -> None:
    """Tell, and do not wait. Succeeds even when there is no such process or node."""
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
    """Stop the server with `reason` and wait until it has left. Raises CallFailed if it leaves otherwise or is gone."""
    address = _address_of(me, server, "stop")
    ref = me.monitor(address)
    me.send(address, StopRequest(reason))
    down = await me.receive(ref, timeout=timeout)
    if type(down) is Timeout:
        me.demonitor(ref, flush=True)
        raise CallFailed("timeout", server, "stop")
    if down.reason != reason:
        raise CallFailed(_why(address, down.reason), server, "stop")


def _address_of(me: Process, server: Any, request: Any) -> Any:
    """Return the address of `server`: a pid, a name that is looked up here, or (name, node), looked up there."""
    if type(server) is Pid and server is not me.pid:
        return server
    if is_name_and_node(server):
        if server[1] != me.pid.node:
            return server
        server = server[0]
    pid = me.whereis(server) if isinstance(server, str) else server
    if pid is me.pid:
        raise CallFailed("calling_self", server, request)
    if pid is None:
        raise CallFailed(NOPROC, server, request)
    return pid


def _why(address: Any, reason: Any) -> Any:
    """The reason of a failed call: a lost connection means that the whole node is down for the caller (gen.erl)."""
    return ("nodedown", home_of(address)) if reason == NOCONNECTION else reason
