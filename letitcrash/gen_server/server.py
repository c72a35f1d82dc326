"""The life of a server: init, then message after message, then terminate (OTP's gen_server.erl)."""

import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any

from letitcrash.gen_server.clauses import CALLBACKS, FunctionClause, with_last_case
from letitcrash.gen_server.client import reply
from letitcrash.gen_server.messages import (
    MISTAKABLE,
    NOTHING,
    After,
    Call,
    Cast,
    Continue,
    Ignore,
    NoReply,
    Reply,
    Stop,
    StopRequest,
    bad_return,
    mistake_in,
)
from letitcrash.process import Exit, ExitSignal, Pid, Process, Ref
from letitcrash.process.start import init_ack
from letitcrash.process.start import start as _start
from letitcrash.process.start import start_link as _start_link
from letitcrash.process.terms import reason_of


async def serve(server: "GenServer", then: After | Continue | Stop | None = None) -> None:
    """Message after message until Stop or a crash, then terminate; exits with the reason (gen_server.erl, loop/7).

    `then` is what should happen first. `server` needs the callbacks of a GenServer, and `me`.
    """
    me = server.me
    late_reply = None
    try:
        while type(then) is not Stop:
            if then is None:
                message = await me.receive()
            elif type(then) is After:
                message = await me.receive(timeout=then.seconds)
            elif type(then) is Continue:
                then = _next(await server.handle_continue(then.what))
                continue
            else:  # Reply or NoReply said so
                raise bad_return(then)
            kind = type(message)
            if kind is Call:
                then = await server.handle_call(message.request, message.caller)
                kind = type(then)
                if kind is NoReply:
                    then = _carried(then)
                elif kind is Reply:
                    reply(me, message.caller, then.value)
                    then = _carried(then)
                elif kind is Stop:
                    late_reply = None if then.reply is NOTHING else (message.caller, then.reply)
                elif kind is After or kind is Continue:
                    raise bad_return(then, f"it answers nobody: return Reply(answer, {then}) or NoReply({then})")
                elif kind in MISTAKABLE and (mistake := mistake_in(then)):
                    raise bad_return(then, mistake)
                else:
                    reply(me, message.caller, then)
                    then = None
            elif kind is Cast:
                then = _next(await server.handle_cast(message.message))
            elif (kind is ExitSignal and message.pid is me.parent) or kind is StopRequest:
                then = Stop(message.reason)
            else:
                then = _next(await server.handle_info(message))
    except Exception as error:
        await server.terminate(reason_of(error))
        raise
    try:
        await server.terminate(then.reason)
    finally:
        if late_reply:
            reply(me, *late_reply)
    raise Exit(then.reason)


def _next(answer: Any) -> After | Continue | Stop | None:
    if answer is None or type(answer) in (After, Continue, Stop):
        return answer
    if type(answer) is NoReply:
        return _carried(answer)
    raise bad_return(answer, mistake_in(answer))


def _carried(answer: Reply | NoReply) -> After | Continue | None:
    """Return what a Reply or NoReply says should come next; a Stop stands alone, as in OTP."""
    then = answer.then
    if type(then) is Stop:
        raise bad_return(then, "a Stop stands alone: return Stop(reason), or Stop(reason, reply) in a call")
    return then


class GenServer:
    """A server. Subclass it and write the callbacks you need, each `async def`; `self.me` is its process.

    A callback may return `After(seconds)`, `Continue(what)` or `Stop(reason)`. `handle_call` puts the first two into
    `Reply` or `NoReply`; what else it returns is the answer. A return value that fits nowhere is a crash, as in OTP:
    `bad_return_value`. So is an exception, which is the reason itself, and a message that no case of the callback's
    `match` fits: `FunctionClause`. `terminate` runs at all of them.
    """

    me: Process

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        for name in ("init", *CALLBACKS, "terminate"):
            if not inspect.iscoroutinefunction(getattr(cls, name)):
                raise TypeError(f"{cls.__name__}.{name} must be `async def`, as all callbacks of a GenServer")
        for name in CALLBACKS:
            if isinstance(callback := vars(cls).get(name), FunctionType):
                with_last_case(callback)
        for name in ("name", "timeout"):
            if name in inspect.signature(cls.init).parameters:
                raise TypeError(f"{cls.__name__}.init cannot take {name!r}: start_link keeps that argument for itself")

    async def init(self, *args: Any, **kwargs: Any) -> Any:
        """Make the state. Until it returns, the starter waits. May return After, Continue, Stop or Ignore."""

    async def handle_call(self, request: Any, caller: Ref) -> Any:
        """Answer a call."""
        raise NotImplementedError(f"{type(self).__name__} has no handle_call, and was asked {request!r}")

    async def handle_cast(self, message: Any) -> Any:
        """Act on a cast; nobody waits."""
        raise NotImplementedError(f"{type(self).__name__} has no handle_cast, and was told {message!r}")

    async def handle_info(self, message: Any) -> Any:
        """Act on any other message: Down, ExitSignal, Timeout, a plain send. Without it the server goes on."""

    async def handle_continue(self, what: Any) -> Any:
        """Go on after `Continue(what)`."""
        raise NotImplementedError(f"{type(self).__name__} has no handle_continue, and returned Continue({what!r})")

    async def terminate(self, reason: Any) -> None:
        """Tidy up before the end; runs at a stop, a crash in a callback, and the parent's exit if exits are trapped."""

    def no_case(self, callback: str, message: Any) -> FunctionClause:
        """Make the error of a callback whose `match` has no case for the message; the last `case _` raises it."""
        return FunctionClause(message, f"{type(self).__name__}.{callback}")

    serve = serve
    """The loop that it lives by; `with_loop` gives it another one."""

    @classmethod
    def with_loop(cls, serve: Callable) -> type["GenServer"]:
        """The same server on another loop, `async def serve(server, then)`: one of your own, as in lab 5."""
        return type(cls.__name__, (cls,), {"serve": serve, "__module__": cls.__module__, "__doc__": cls.__doc__})

    @classmethod
    async def _live(cls, me: Process, args: tuple, kwargs: dict, alone: bool = False) -> None:
        server = cls()
        then = await _init(server, me, args, kwargs)
        if alone:
            me.parent = None  # nobody's exit is an order to stop (gen.erl: without a link the parent is `self`)
        if type(then) is not Ignore:
            await server.serve(then)

    @classmethod
    async def start_link(
        cls, me: Process, *args: Any, name: str | None = None, timeout: float | None = None, **kwargs: Any
    ) -> Pid | None:
        """Start it linked to `me` and wait for its init: its pid, or None for Ignore. Raises StartFailed.

        An init that takes longer than `timeout` seconds is killed. The other arguments are those of `init`.
        """
        pid, word = await _start_link(me, cls._live, args, kwargs, name=name, timeout=timeout)
        return None if type(word) is Ignore else pid

    @classmethod
    async def start(
        cls, me: Process, *args: Any, name: str | None = None, timeout: float | None = None, **kwargs: Any
    ) -> Pid | None:
        """Start it as `start_link` does, without the link."""
        pid, word = await _start(me, cls._live, args, kwargs, True, name=name, timeout=timeout)
        return None if type(word) is Ignore else pid


async def _init(server: GenServer, me: Process, args: tuple, kwargs: dict) -> Any:
    """Run init, tell the starter how it went, and return what happens next. Raises what keeps it from starting."""
    try:
        server.me = me
        me.dictionary = {"server": server}
        then = await server.init(*args, **kwargs)
    except Exception as error:
        init_ack(me, reason_of(error), failed=True)
        raise
    match then:
        case Stop(reason):
            init_ack(me, reason, failed=True)
            raise Exit(reason)
        case Ignore():
            init_ack(me, then)
        case None | After() | Continue():
            init_ack(me)
        case _:
            error = bad_return(then, mistake_in(then))
            init_ack(me, error.reason, failed=True)
            raise error
    return then
