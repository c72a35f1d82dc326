"""A tree started and stopped as a whole, by a process above it that belongs to nobody (OTP's application master)."""

from typing import Any

from letitcrash.process.lost_starts import check_start
from letitcrash.process.me import Process
from letitcrash.process.start import StartFailed, init_ack, start
from letitcrash.process.terms import SHUTDOWN, BadArgument, Exit, ExitSignal, NoProcess, Pid

STOP = "stop the application"


async def start_application(me: Process, tree: Any, *args: Any, **kwargs: Any) -> Pid:
    """Start `tree`, which has a `start_link` or is a body, and return the pid of its top. Raises StartFailed."""
    check_start(tree)
    _, top = await start(me, application, tree, args, kwargs)
    return top


async def stop_application(me: Process, top: Pid) -> Any:
    """Shut the tree down in order, however long that takes, and return the reason its top left with."""
    process = me.node.process_of(top)
    if process is None:
        raise NoProcess(f"{top!r} has stopped already")
    master = process.parent and me.node.process_of(process.parent)
    if master is None or (master.dictionary or {}).get("application") is not top:
        raise BadArgument(f"{top!r} is not the top of a tree that was started as a whole (world.start)")
    ref = me.monitor(top)
    me.send(master.pid, STOP)
    return (await me.receive(ref)).reason


async def application(me: Process, tree: Any, args: tuple, kwargs: dict) -> None:
    """The body of the process above `tree`: it starts the top, leaves with it, and shuts it down when told."""
    me.trap_exit = True
    try:
        if hasattr(tree, "start_link"):
            top = await tree.start_link(me, *args, **kwargs)
        else:
            top = me.spawn_link(tree, *args, **kwargs)
        if top is None:
            raise StartFailed(("bad_return", "ignore"))  # a tree without a top is none (application_master.erl)
    except Exception as error:
        init_ack(me, getattr(error, "reason", error), failed=True)
        return
    me.dictionary = {"application": top}
    init_ack(me, top)
    while True:
        match await me.receive():
            case ExitSignal(pid, reason) if pid is top:
                raise Exit(reason)
            case str(word) if word == STOP:
                me.exit(top, SHUTDOWN)
