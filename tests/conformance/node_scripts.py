"""Random schedules of three nodes: processes tie themselves to each other while nodes fall, freeze and part."""

from hypothesis import strategies as st

HOMES = {"p": "a", "q": "b", "r": "c", "s": "b"}
NODES = ("a", "b", "c")
WHO, NODE, REF = st.sampled_from(sorted(HOMES)), st.sampled_from(NODES), st.integers(0, 2)
REASON = st.sampled_from(["normal", "boom", "kill", "killed", "shutdown"])
VERBS = {
    "trap": [st.booleans()],
    "link": [WHO],
    "unlink": [WHO],
    "monitor": [WHO],
    "monitor_name": [WHO, NODE],
    "monitor_node": [NODE],
    "monitor_nodes": [],
    "demonitor": [REF, st.booleans()],
    "send": [WHO],
    "send_name": [WHO, NODE],
    "exit": [WHO, REASON],
    "leave": [REASON],
    "disconnect": [NODE],
    "take": [],
}
OFTEN = ["trap", "link", "link", "monitor", "monitor", "monitor_name", "send", "send_name", "exit"]
HAPPENINGS = ["kill", "freeze", "thaw", "start"]


def scripts() -> st.SearchStrategy[dict]:
    """Scenarios of up to 18 steps."""
    of_process = st.sampled_from([*VERBS, *OFTEN]).flatmap(lambda verb: st.tuples(WHO, st.just(verb), *VERBS[verb]))
    of_node = st.tuples(NODE, st.sampled_from(HAPPENINGS))
    step = st.integers(0, 5).flatmap(lambda dice: of_process if dice else of_node)
    return st.lists(step, min_size=6, max_size=18).map(playable)


def playable(steps: list[tuple]) -> dict:
    """The scenario of those steps that can be taken and whose outcome OTP promises.

    An attempt to connect to a frozen node lasts seven real seconds, so no connection is closed while a node is frozen.
    A node in which nothing has happened yet is killed seldom enough by chance.
    """
    state, taken = dict.fromkeys(NODES, "up"), []
    for who, verb, *rest in steps:
        if who in NODES:
            before = {"kill": ("up", "frozen"), "freeze": ("up",), "thaw": ("frozen",), "start": ("gone",)}[verb]
            if state[who] not in before or (verb == "freeze" and set(state.values()) != {"up"}):
                continue
            state[who] = {"kill": "gone", "freeze": "frozen", "thaw": "up", "start": "up"}[verb]
        elif verb == "disconnect" and "frozen" in state.values():
            continue
        taken.append([who, verb, *rest])
    return {"nodes": {name: {} for name in NODES}, "processes": HOMES, "script": taken}
