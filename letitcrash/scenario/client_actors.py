"""The actors of a scenario of calls: a server that does what its messages say, and its clients."""

from collections.abc import Callable
from typing import Any

from letitcrash.gen_server import After, Answer, CallFailed, GenServer, NoReply, Reply, Stop, cast, reply
from letitcrash.gen_server.messages import StopRequest
from letitcrash.process import Down, Exit, ExitSignal, Process, Timeout
from letitcrash.world import World

SHOP = "shop"


class Told(GenServer):
    """A server that does what its messages say, and logs what it hears."""

    async def init(self, log: Callable, traps: bool, first: list | None) -> Any:
        """`first` is what it should do before any message."""
        self.log = log
        self.me.trap_exit = traps
        return await self.act(first)

    async def handle_call(self, request: Any, caller: Any) -> Any:
        """Do as told, and answer."""
        self.log(SHOP, "call", request)
        return await self.act(request, caller)

    async def handle_cast(self, message: Any) -> Any:
        """Do as told."""
        self.log(SHOP, "cast", message)
        return await self.act(message)

    async def handle_info(self, message: Any) -> Any:
        """Give a promised answer; else do as told."""
        match message:
            case ("answer later", caller, value):
                reply(self.me, caller, value)
            case _:
                self.log(SHOP, "info", message)
                return await self.act(message)

    async def terminate(self, reason: Any) -> None:
        """Only log it."""
        self.log(SHOP, "terminate", reason)

    async def act(self, told: Any, caller: Any = None) -> Any:
        """Do as told: return what a callback returns then, or raise."""
        match told:
            case ["answer", value]:
                return value
            case ["sleep", seconds, then]:
                await self.me.sleep(seconds)
                return await self.act(then, caller)
            case ["later", seconds, value]:
                self.me.send_after(seconds, self.me.pid, ("answer later", caller, value))
                return NoReply()
            case ["never"]:
                return NoReply()
            case ["after", seconds, value]:
                return Reply(value, After(seconds))
            case ["after", seconds]:
                return After(seconds)
            case ["stop", reason]:
                return Stop(reason)
            case ["stop", reason, value]:
                return Stop(reason, value)
            case ["exit", reason]:
                raise Exit(reason)


async def parent(me: Process, steps: list, log: Callable, call: Callable, opening: tuple) -> None:
    """The process that started the server."""
    me.trap_exit = True
    server, *arguments = opening
    await server.start_link(me, *arguments, name=SHOP)
    await person(me, "parent", steps, log, call)
    await me.receive("never")


async def person(me: Process, who: str, steps: list, log: Callable, call: Callable) -> None:
    """Take one step after the other, and leave."""
    shop = None
    for second, _, what, *rest in steps:
        if second > me.now:
            await me.sleep(second - me.now)
        shop = me.whereis(SHOP) or shop
        match what, rest:
            case "call", [request, *more]:
                whom = more[1] if len(more) > 1 else SHOP
                try:
                    value = await call(me, shop if whom == "its pid" else whom, request, *more[:1])
                except CallFailed as failed:
                    log(who, "fails", failed.cause)
                else:
                    log(who, "gets", value)
            case "cast", [message]:
                cast(me, SHOP, message)
            case "tell", [whom, message]:
                me.send(whom, message)
            case "answer", [whom, value]:
                me.send(whom, Answer(me.make_ref(), value))
            case "watch", [whom]:
                me.monitor(whom)
            case "exit", [reason]:
                me.exit(shop, reason)
            case "look", []:
                log(who, "finds", list(me.mailbox))


def from_the_street(world: World, what: str, *rest: Any) -> None:
    """Do something to the server, if there is one, from outside of all processes."""
    pid = world.whereis(SHOP)
    match what, rest:
        case _ if pid is None:
            return
        case "kill", []:
            world.exit(pid, "kill")
        case "stop", [reason]:
            world.send(pid, StopRequest(reason))


def plain(value: Any) -> Any:
    """Return a message, a reason or an answer as JSON has it."""
    match value:
        case Answer():
            return ["answer", plain(value.value)]
        case Down():
            return ["down", plain(value.reason)]
        case ExitSignal():
            return ["exit", plain(value.reason)]
        case Timeout():
            return "timeout"
        case list() | tuple():
            return [plain(item) for item in value]
        case None | bool() | int() | float() | str():
            return value
    return type(value).__name__
