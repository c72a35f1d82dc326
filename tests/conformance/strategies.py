"""Random scenarios: trees of one or two levels, all strategies, children that fail to start, linger, ignore, crash."""

from hypothesis import strategies as st

from letitcrash.scenario import clear, play

REASONS = ["boom", "boom", "boom", "normal", "shutdown", ["shutdown", "lunch"], "kill"]
FAILS = ["fail"] * 4 + [["fail", why] for why in ("sold_out", ["shutdown", 3], ["sold", "out"], 0, "", False, [])]
LAST = 7  # second in which the last step of a script may be


@st.composite
def workers(draw, id: str, significant: bool) -> dict:
    """One worker; what is as usual is left out."""
    spec: dict = {"id": id, "restart": draw(st.sampled_from(["permanent", "permanent", "transient", "temporary"]))}
    if significant and spec["restart"] != "permanent" and draw(st.booleans()):
        spec["significant"] = True
    if draw(st.integers(0, 2)) == 0:
        fails = st.sampled_from(FAILS)
        first = draw(st.sampled_from(["ok"] * 12 + [draw(fails), "ignore"]))
        later = st.sampled_from(["ok", "ignore"]) | fails
        spec["starts"] = [first, *draw(st.lists(later, min_size=1, max_size=4))]
    if draw(st.integers(0, 1 if _hangs(spec) else 19)) == 0:
        spec["start_takes"] = 0.2
    if draw(st.integers(0, 2)) == 0:
        spec["traps"] = True
        spec["stop_takes"] = draw(st.sampled_from([0, 0, 0.1, 0.2, "forever"]))
    shutdown = draw(st.sampled_from([None, None, 0.3, "brutal_kill", "infinity"]))
    if shutdown == "infinity" and spec.get("stop_takes") == "forever":
        shutdown = 0.3
    if shutdown is not None:
        spec["shutdown"] = shutdown
    if draw(st.integers(0, 14)) == 0:
        spec["unlinks"] = True
    return spec


@st.composite
def supervisors(draw, id: str, prefix: str, nested: bool) -> dict:
    """One supervisor and what is below it."""
    strategy = draw(st.sampled_from(["one_for_one", "one_for_all", "rest_for_one", "simple_one_for_one"]))
    auto = draw(st.sampled_from(["never", "never", "any_significant", "all_significant"]))
    spec = {"id": id, "strategy": strategy, "intensity": draw(st.sampled_from([0, 1, 1, 2, 2, 3]))}
    spec["period"] = draw(st.sampled_from([1, 1, 2, 3]))
    if auto != "never":
        spec["auto_shutdown"] = auto
    count = 1 if strategy == "simple_one_for_one" else draw(st.integers(1, 4))
    children = [draw(workers(f"{prefix}{number}", auto != "never")) for number in range(1, count + 1)]
    if strategy == "simple_one_for_one":
        children[0].pop("starts", None)  # a restart that says ignore makes OTP itself crash at its shutdown
        if draw(st.booleans()):
            children[0]["starts"] = draw(st.lists(st.sampled_from(["ok"] * 8 + FAILS[3:7]), min_size=2, max_size=5))
        if draw(st.integers(0, 3)) == 0:  # all are killed together when their one clock has run out
            children[0].update(traps=True, stop_takes="forever", shutdown=0.3)
    elif nested and draw(st.booleans()):
        below = draw(supervisors("sub", "s", False))
        below["restart"] = draw(st.sampled_from(["permanent", "transient", "temporary"]))
        if auto != "never" and below["restart"] != "permanent" and draw(st.booleans()):
            below["significant"] = True
        children.insert(draw(st.integers(0, len(children))), below)
    return {**spec, "children": children}


def _hangs(spec: dict) -> bool:
    """Tell whether its first restart fails."""
    return spec.get("starts", [])[1:2] not in ([], ["ok"], ["ignore"])


def _significant(spec: dict) -> dict:
    return {**spec, "restart": "transient", "significant": True}


def _leaves(spec: dict) -> list[str]:
    if spec["strategy"] == "simple_one_for_one":
        return ["d1", "d2", "d3"]
    return [child["id"] for child in spec["children"] if "children" not in child]


def _orders(tree: dict, victims: list[str]) -> st.SearchStrategy[list]:
    """One order of a script for this tree: mostly a crash of one of the victims."""
    crash = st.tuples(st.just("exit"), st.sampled_from(victims), st.sampled_from(REASONS))
    kill = st.tuples(st.just("signal"), st.sampled_from(victims), st.sampled_from(["kill", "boom"]))
    close = st.just(("shutdown",)) | st.tuples(st.just("shutdown"), st.sampled_from(REASONS[2:6]))
    choices = [crash] * 10 + [kill] * 3 + [close]
    for spec in (tree, *(child for child in tree["children"] if "children" in child)):
        id, simple = st.just(spec["id"]), spec["strategy"] == "simple_one_for_one"
        names = st.sampled_from(_leaves(spec) if simple else [child["id"] for child in spec["children"]])
        verbs = ["terminate_child", "restart_child"] * 2 + ["delete_child", "get_childspec"]
        choices += [st.tuples(st.sampled_from(verbs), id, names)] * 3
        choices.append(st.tuples(st.sampled_from(["which_children", "count_children"]), id))
        choices.append(st.tuples(st.just("signal"), id, st.sampled_from(["kill", "shutdown", "boom"])))
        if simple:
            choices += [st.tuples(st.just("start_child"), id, names)] * 6
            strangers = [child["id"] for child in tree["children"] if "children" not in child and tree is not spec]
            choices.append(st.tuples(st.just("terminate_dynamic"), id, st.sampled_from([*_leaves(spec), *strangers])))
        else:
            extra = workers(f"{spec['id']}_new", False).map(lambda child: {**child, "start_takes": 0})
            fails = st.builds(
                lambda child, word: {**child, "starts": [word]}, extra, st.sampled_from([*FAILS, *["ignore"] * 9])
            )
            choices.append(st.tuples(st.just("start_child"), id, fails))
            choices.append(st.tuples(st.just("start_child"), id, extra.map(_significant)))  # bad where that is never
            choices.append(st.tuples(st.just("start_child"), id, extra))
    return st.sampled_from(choices).flatmap(lambda choice: choice).map(list)


@st.composite
def scenarios(draw) -> dict:
    """A scenario that a real clock can play, if `clear` says so."""
    tree = draw(supervisors("top", "c", True))
    below = [child for child in tree["children"] if "children" in child]
    leaves = [leaf for spec in (tree, *below) for leaf in _leaves(spec)] or ["c1"]
    victims = draw(st.lists(st.sampled_from(leaves), min_size=1, max_size=3, unique=True))
    hanging = [
        (spec["id"], child["id"])
        for spec in (tree, *below)
        for child in spec["children"]
        if spec["strategy"] != "simple_one_for_one" and "start_takes" in child and _hangs(child)
    ]
    orders = _orders(tree, victims)
    script, second, part = [], 1, 0.0
    if tree["strategy"] == "simple_one_for_one":
        script.append({"at": 0.5, "do": [["start_child", "top", victim] for victim in victims]})
    elif hanging:  # a child that is asked for while it is restarting
        above, id = hanging[0]
        verb = draw(st.sampled_from(["restart_child", "restart_child", "delete_child", "terminate_child"]))
        script += [{"at": 1.2, "do": [["exit", id, "boom"]]}, {"at": 1.3, "do": [[verb, above, id]]}]
        second = 2
    for _ in range(draw(st.sampled_from([3, 5, 6, 7, 8]))):
        fraction = draw(st.sampled_from([0.2, 0.3, 0.4, 0.5, 0.6, 0.7]))
        gap = draw(st.sampled_from([0, 1, 1, 1, 2]))
        second += gap if gap or fraction > part else 1
        part = fraction
        step = [draw(orders)]
        if step[0][0] == "exit" and draw(st.integers(0, 4)) == 0:
            step.append(["exit", draw(st.sampled_from(victims)), "boom"])
        if second <= LAST:
            script.append({"at": round(second + part, 1), "do": step})
    return {"name": "random", "tree": tree, "script": script, "until": LAST + 2.0}


def playable() -> st.SearchStrategy[dict]:
    """Scenarios in which nothing coincides and no restart is counted near the tick of a second."""
    return scenarios().filter(lambda scenario: clear(scenario, play(scenario)[1]))
