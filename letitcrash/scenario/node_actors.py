"""The processes of a scenario of several nodes: each takes the steps that it is told, and keeps the other post."""

from typing import Any, NamedTuple

from letitcrash.process import BadArgument, Down, Exit, ExitSignal, NodeDown, NodeUp, NoProcess, Pid, Process, Timeout


class Do(NamedTuple):
    """The order to take the step at `place` of the script."""

    place: int
    verb: str
    rest: list


async def actor(me: Process, pids: dict[str, Pid], came: dict[int, Any]) -> None:
    """Take steps; `came` has what comes of each. It remembers the references of its monitors, in order."""
    refs: list = []
    while True:
        order = await me.receive(Do)
        try:
            came[order.place] = await act(me, order, pids, refs)
        except (BadArgument, NoProcess) as error:
            came[order.place] = "badarg" if isinstance(error, BadArgument) else "noproc"


async def act(me: Process, order: Do, pids: dict[str, Pid], refs: list) -> Any:
    """Take one step, and return what comes of it."""
    match order.verb, *order.rest:
        case "trap", on:
            me.trap_exit = on
        case ("link" | "unlink") as verb, whom:
            getattr(me, verb)(pids[whom])
        case "monitor", whom:
            refs.append(me.monitor(pids[whom]))
        case "monitor_name", whom, node:
            refs.append(me.monitor((whom, node)))
        case "demonitor", number, flush:
            if number >= len(refs):
                return "none"
            me.demonitor(refs[number], flush=flush)
        case "send", whom:
            me.send(pids[whom], order.place)
        case "send_name", whom, node:
            me.send((whom, node), order.place)
        case "send_noconnect", whom:
            if pids[whom].node not in me.nodes("connected"):
                return "noconnect"
            me.send(pids[whom], order.place)
        case "exit", whom, why:
            me.exit(pids[whom], why)
        case "leave", why:
            raise Exit(why)
        case ("raise",):
            raise RuntimeError("boom")
        case ("monitor_node" | "monitor_nodes") as verb, *node:
            getattr(me, verb)(*node)
        case "disconnect", node:
            return me.disconnect_node(node)
        case "connect", node:
            return await connects(me, node)
        case "nodes", kind:
            return sorted(me.nodes(kind))
        case "is_alive", whom:
            return me.is_alive(pids[whom])
        case ("spawn" | "spawn_link" | "spawn_monitor") as verb, node:
            how = {verb.removeprefix("spawn_"): True} if verb != "spawn" else {}
            pid = await me.spawn_on(node, leaves, **how)
            if verb == "spawn":
                me.monitor(pid)
        case "stream", whom, count, helper:
            await stream(me, pids, whom, count, helper)
        case ("judge",):
            return await judge(me)
        case ("take",):
            message = await me.receive(timeout=0)
            return "none" if type(message) is Timeout else plain(message, pids)
        case _:
            raise ValueError(f"no step of a scenario of nodes: {order.verb} {order.rest}")
    return "ok"


class Item(NamedTuple):
    """One message of a stream."""

    number: int


async def stream(me: Process, pids: dict[str, Pid], whom: str, count: int, helper: str) -> None:
    """Send 1 to `count`; in the middle the connection is closed, "here" or by a helper on the other node."""
    for number in range(1, count + 1):
        me.send(pids[whom], Item(number))
        await me.sleep(0.0001)
        if number == count // 2 and helper == "here":
            me.disconnect_node(pids[whom].node)
        elif number == count // 2:
            me.send(pids[helper], Do(0, "disconnect", [me.pid.node]))


async def judge(me: Process) -> list[int]:
    """Take a stream; return the numbers out of order or doubled, the gaps, the numbers lost, and the last number."""
    last = wrong = gaps = lost = 0
    while type(item := await me.receive(Item, timeout=0)) is not Timeout:
        if item.number <= last:
            wrong += 1
            continue
        gaps += item.number > last + 1
        lost += item.number - last - 1
        last = item.number
    return [wrong, gaps, lost, last]


async def leaves(me: Process) -> None:
    """Exit at once, for no reason."""


async def connects(me: Process, node: str) -> bool:
    """Open a connection as `net_kernel:connect_node` does, and return whether there is one."""
    if node not in me.nodes("connected"):
        me.node.connections.open(node)
        await me.sleep(1)
    return node in me.nodes("connected")


def plain(message: Any, pids: dict[str, Pid]) -> Any:
    """Return a message as JSON has it."""
    match message:
        case ExitSignal(pid, reason):
            return ["exit", named(pid, pids), plain(reason, pids)]
        case Down(pid, reason):
            return ["down", named(pid, pids), plain(reason, pids)]
        case Exception():
            return "error"
        case NodeUp(node):
            return ["nodeup", node]
        case NodeDown(node, None):
            return ["nodedown", node]
        case NodeDown(node, reason):
            return ["nodedown", node, reason]
    return message


def named(about: Any, pids: dict[str, Pid]) -> str:
    """Return the name of a process, or of one that was monitored by its name."""
    if isinstance(about, tuple):
        return f"name {about[0]}"
    return next((name for name, pid in pids.items() if pid is about), "pid")
