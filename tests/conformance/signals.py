"""Random scripts of signals: three processes link, watch, name, send and end each other, step by step."""

from hypothesis import strategies as st

from letitcrash import World
from letitcrash.process import BadArgument, Down, Exit, ExitSignal, NoProcess, Timeout
from letitcrash.process import events as ev

WHO, REF = st.integers(0, 2), st.integers(0, 2)
NAME, REASON = st.sampled_from("ab"), st.sampled_from(["normal", "boom", "kill", "killed", "shutdown"])
VERBS = {
    "trap": [st.booleans()],
    "link": [WHO],
    "unlink": [WHO],
    "monitor": [WHO],
    "monitor_alias": [WHO],
    "monitor_name": [NAME],
    "alias": [],
    "demonitor": [REF, st.booleans()],
    "unalias": [REF],
    "send_ref": [REF],
    "exit": [WHO, REASON],
    "leave": [REASON],
    "send": [WHO],
    "send_name": [NAME],
    "register": [NAME, WHO],
    "unregister": [NAME],
    "whereis": [NAME],
    "take": [],
}
OFTEN = ["trap", "link", "link", "monitor", "exit", "send"]


def scripts() -> st.SearchStrategy[dict]:
    """Scripts of up to 16 steps: `[who, verb, ...]`."""
    step = st.sampled_from([*VERBS, *OFTEN]).flatmap(lambda verb: st.tuples(WHO, st.just(verb), *VERBS[verb]))
    return st.lists(step.map(list), min_size=4, max_size=16).map(lambda steps: {"script": steps, "until": 0})


class Do:
    """The order to take a step."""

    def __init__(self, place, verb, *rest):
        self.place, self.verb, self.rest = place, verb, rest


def play(script: dict, **settings) -> list[list]:
    """Return rows: `[place, "came", what]` of each step, `[number, "left", what]` of each process in the end."""
    world, came = World(**settings), {}
    pids: list = []
    pids += [world.spawn(works, pids, came) for _ in range(3)]
    for place, (who, *order) in enumerate(script["script"], 1):
        came[place] = "dead"
        if world.is_alive(pids[who]):
            del came[place]
            world.send(pids[who], Do(place, *order))
            world.run()
        came.setdefault(place, end_of(world, pids[who], pids))
    left = [[number, "left", end_of(world, pid, pids)] for number, pid in enumerate(pids)]
    return [*([place, "came", what] for place, what in came.items()), *left]


def end_of(world, pid, pids):
    """Return how it ended, or what it has not read."""
    for gone in world.trace.of(ev.Exited):
        if gone.pid is pid:
            return ["exits", gone.reason]
    return [plain(message, pids) for message in world.node.processes[pid].mailbox]


async def works(me, pids, came):
    """One of the three. It remembers the references of its monitors and aliases, in order."""
    refs = []
    while True:
        order = await me.receive(Do)
        try:
            if order.verb == "take":
                message = await me.receive(timeout=0)
                said = "none" if type(message) is Timeout else plain(message, pids)
            else:
                said = act(me, order, pids, refs)
        except (BadArgument, NoProcess) as error:
            said = "badarg" if type(error) is BadArgument else "noproc"
        came[order.place] = said


def act(me, order, pids, refs):
    """Take the step, and say what came of it."""
    match order.verb, *order.rest:
        case "trap", on:
            me.trap_exit = on
        case ("link" | "unlink") as verb, who:
            getattr(me, verb)(pids[who])
        case ("monitor" | "monitor_alias") as verb, who:
            refs.append(me.monitor(pids[who], alias=verb == "monitor_alias"))
        case "monitor_name", name:
            refs.append(me.monitor(name))
        case ("alias",):
            refs.append(me.alias())
        case (("demonitor" | "unalias" | "send_ref"), number, *_) if number >= len(refs):
            return "none"
        case "demonitor", number, flush:
            me.demonitor(refs[number], flush=flush)
        case "unalias", number:
            return "true" if me.unalias(refs[number]) else "false"
        case "send_ref", number:
            me.send(refs[number], order.place)
        case "exit", who, why:
            me.exit(pids[who], why)
        case "leave", why:
            raise Exit(why)
        case "send", who:
            me.send(pids[who], order.place)
        case "send_name", name:
            me.send(name, order.place)
        case "register", name, who:
            me.register(name, pids[who])
        case "unregister", name:
            me.unregister(name)
        case "whereis", name:
            found = me.whereis(name)
            return "undefined" if found is None else pids.index(found)
    return "ok"


def plain(message, pids):
    """A message as JSON has it."""
    if type(message) not in (ExitSignal, Down):
        return message
    about = "name" if isinstance(message.pid, tuple) else pids.index(message.pid)
    return ["exit" if type(message) is ExitSignal else "down", about, message.reason]
