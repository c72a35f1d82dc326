"""The exam of lab 4: which children come back, how often is too often, a supervisor like OTP's, and an alarm.

Ids, reasons and seconds are drawn anew under every seed. A supervisor is compared with the library's in the same
scenario, which does what OTP does; the order of events within an instant is compared only where it is the question.
"""

import json
from collections import Counter
from functools import cache
from itertools import zip_longest

from letitcrash.classroom.exam import Exercise, any_value, moments, number, shown
from letitcrash.process import events as ev
from letitcrash.scenario import canonical, in_words, run_scenario
from letitcrash.supervisor import Child, Supervisor, restart_child
from letitcrash.supervisor import restart_window as right_window
from letitcrash.supervisor import should_restart as comes_back
from letitcrash.supervisor import to_restart as right_ones
from letitcrash.text import number_of
from letitcrash.trace import read

IDS = ["till", "shelf", "baker", "butcher", "scale", "freezer", "florist", "printer"]
CRASHES = ["eggs", "milk", "badmatch", "function_clause", "out of labels", "smudge"]

# Exercise 1: the restarts that count ---------------------------------------------------------------------------------

restart_window = Exercise(
    "restart_window",
    defines=["restart_window"],
    parts={"restart_window": "letitcrash.supervisor:restart_window"},
    minutes=10,
    lines=2,
)


@restart_window.cases
def crashes_at(random):
    def case(kind, ago, fraction):
        second = clock.pop()
        return {"kind": kind, "restarts": [second - each for each in ago], "now": second + fraction, "period": period}

    period, late = random.randint(3, 6), random.choice([0.6, 0.7, 0.8, 0.9])
    clock = random.sample(range(20, 90, 5), 7)
    yield case("the first", [], late)
    yield case("inside", [1, 2], late)
    yield case("twice in a second", [0, 0, 1], late)
    yield case("at the edge, on the tick", [1, period], 0.0)
    yield case("at the edge, late", [1, period], late)
    yield case("beyond", [1, period + 1, period + random.randint(2, 9)], 0.0)
    yield case("long ago", [period + 1, period + 2], 0.1)


@restart_window.driver
def one_more(student, case):
    return student.restart_window(list(case["restarts"]), case["now"], case["period"])


def the_window(case):
    """The window as the library keeps it."""
    return list(right_window(case["restarts"], case["now"], case["period"]))


def windows_in_words(case, evidence):
    """Case, right window and the reader's, in a sentence."""
    return (
        f"restarts at {shown(case['restarts'])}, one more at {case['now']:g} s, period {case['period']} s: the window "
        f"is {shown(the_window(case))}, yours is {shown(evidence)}"
    )


@restart_window.criterion(on=["the first", "inside", "long ago"])
def the_new_one_comes_first(case, evidence):
    """The new restart counts, and stands first."""
    if not evidence or not number(evidence[0]) or round(evidence[0] - case["now"]) not in (-1, 0, 1):
        return windows_in_words(case, evidence)


@restart_window.criterion(on=["inside", "twice in a second", "beyond"])
def who_is_within_the_period_counts(case, evidence):
    """Every restart within the period counts, three in one second three times."""
    right = the_window(case)[1:]
    if not Counter(right) <= Counter(evidence) or len(evidence) > len(case["restarts"]) + 1:
        return windows_in_words(case, evidence)


@restart_window.criterion(on=["beyond", "long ago", "inside"])
def who_is_beyond_it_is_forgotten(case, evidence):
    """Restarts older than the period count no more, and all others do."""
    if len(evidence) != len(the_window(case)):
        return windows_in_words(case, evidence)


@restart_window.criterion(on=["at the edge, on the tick", "beyond"])
def the_edge_counts(case, evidence):
    """A restart exactly one period ago still counts; one a second earlier does not."""
    if len(evidence) != len(the_window(case)):
        return windows_in_words(case, evidence)


@restart_window.criterion(on=["at the edge, late", "the first", "long ago"], points=2)
def seconds_are_whole(case, evidence):
    """The clock is read in whole seconds: the second that has begun."""
    if evidence != the_window(case):
        return windows_in_words(case, evidence)


@restart_window.search(words=lambda each: in_words_of_the_window(each))
def two_supervisors_restart(random, size):
    """Steps [supervisor, second]: each supervisor keeps its last window."""
    periods, late = random.sample(range(1, 6), 2), random.choice([0.5, 0.9, 0.999])

    def second(at):
        return random.choice([at, int(at), int(at) + late])

    steps = [[random.choice(["first", "second"]), second(at)] for at in moments(random, size + 2, last=12.0)]
    steps.sort(key=lambda step: step[1])
    return {"first period": periods[0], "second period": periods[1], "steps": steps}


@restart_window.player
def keep_two_windows(student, case):
    from collections.abc import Sequence

    windows = {"first": [], "second": []}
    for which, second in case["steps"]:
        restarts = list(windows[which])
        window = student.restart_window(restarts, second, case[f"{which} period"])
        yield {"window": window, "left": restarts}
        windows[which] = list(window) if isinstance(window, Sequence) else []


def in_words_of_the_window(each):
    """A restart, or the window after it."""
    if isinstance(each, list) and each and isinstance(each[0], str):
        return f"the {each[0]} supervisor restarts a child at {each[1]:g} s"
    if isinstance(each, dict) and each.keys() == {"window", "left"}:
        return f"the window {shown(each['window'])}, and the list of restarts is {shown(each['left'])}"
    return shown(each)


# Exercise 2: which children come back ---------------------------------------------------------------------------------

should_restart = Exercise(
    "should_restart",
    defines=["should_restart"],
    parts={"should_restart": "letitcrash.supervisor:should_restart"},
    minutes=5,
    lines=3,
)


@should_restart.cases
def exits(random):
    def case(restart, what, reason):
        return {"kind": f"{restart}, {what}", "restart": restart, "reason": reason}

    crash, note = random.choice(CRASHES), random.choice(["lunch", "stocktaking", "five o'clock"])
    reasons = {"normal": "normal", "shutdown": "shutdown", "shutdown with a note": ["shutdown", note]}
    reasons |= {"crash": crash, "killed": "killed"}
    types = ("permanent", "transient", "temporary")
    asked = [case(restart, what, reason) for restart in types for what, reason in reasons.items()]
    asked += [case("transient", "crash", odd) for odd in (["badmatch", "shutdown"], "abnormal", random.randint(2, 99))]
    random.shuffle(asked)  # or the answers to one seed would be those to any other
    yield from asked


@should_restart.driver
def somebody_exits(student, case):
    reason = tuple(case["reason"]) if isinstance(case["reason"], list) else case["reason"]
    return student.should_restart(case["restart"], reason)


def wrong_answer(case, evidence):
    """The fault of the decision, in words; or None."""
    reason = tuple(case["reason"]) if isinstance(case["reason"], list) else case["reason"]
    right = comes_back(case["restart"], reason)
    if bool(evidence) is not right or not isinstance(evidence, bool | None):
        verb = "comes back" if right else "stays away"
        return f"a {case['restart']} child that exits with {reason!r} {verb}; yours says {shown(evidence)}"


@should_restart.criterion(on=["permanent, normal", "permanent, shutdown", "permanent, crash", "temporary, normal"])
def permanent_means_always(case, evidence):
    """A permanent child comes back after an exit with any reason, normal included."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["temporary, crash", "temporary, killed", "temporary, shutdown", "permanent, crash"])
def temporary_means_never(case, evidence):
    """A temporary child never comes back, not even after a crash."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["transient, normal", "transient, crash"], points=2)
def transient_means_after_a_crash(case, evidence):
    """A transient child comes back after a crash, and not after a normal end."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["transient, shutdown", "transient, shutdown with a note", "transient, crash"], points=2)
def shutdown_is_no_crash(case, evidence):
    """A transient child does not come back after shutdown, with a note or without: that end was planned."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["transient, killed", "transient, normal"])
def to_be_killed_is_a_crash(case, evidence):
    """A transient child that was killed comes back: to be killed is a crash."""
    return wrong_answer(case, evidence)


WORDS = ["normal", "shutdown", "killed", "kill", "abnormal", "shutdown failed", "overkill", "Normal", "noproc"]
"""Reasons that are words: two are clean, and the others only look like them."""


@should_restart.search(rounds=40, agree=lambda *asked: wrong_decision(*asked), words=lambda each: an_exit(each))
def reasons_of_every_kind(random, size):
    """Steps [type, reason]; a list of two is left out, since a `match` takes it for a pair."""

    def reason():
        second = random.choice(["lunch", 0, None, "", [1], {"$tuple": ["shutdown", 1]}])
        kind = random.choice(["word", "word", "any", "error", "note", "tuple"])
        if kind == "word":
            return random.choice(WORDS)
        if kind == "any":
            return random.choice([None, any_value(random), any_value(random)])
        if kind == "error":
            return {"$error": [random.choice(["ValueError", "KeyError"]), random.choice(WORDS[:3])]}
        if kind == "note":
            return {"$tuple": [random.choice(["shutdown", "shutdown", "normal"]), second]}
        first = random.choice(["normal", "killed", "shutdown", "badmatch", 0])
        rest = random.choice([[], ["shutdown"], ["normal"], ["shutdown", 3], [second, "x"]])
        return {"$tuple": [first, *rest]}

    def restart():
        return random.choice(["permanent", "transient", "transient", "temporary"])

    return {"steps": [[restart(), reason()] for _ in range(size)]}


@should_restart.player
def children_exit(student, case):
    for restart, reason in case["steps"]:
        yield student.should_restart(restart, reason)


def an_exit(each):
    """An exit, or what was decided."""
    return f"a {each[0]} child exits with {reason_in_words(each[1])}" if isinstance(each, list) else shown(each)


def reason_in_words(reason):
    """A reason as Python has it where `shown` would say "nothing"."""
    return "None" if reason is None else shown(reason)


def wrong_decision(case, seen, expected):
    """The first decision that is wrong, in a sentence; None where all are right. None decides as False does."""
    for step, mine, right in zip_longest(case["steps"], seen, expected):
        if bool(mine) is not right or not isinstance(mine, bool | None):
            verb = "comes back" if right else "stays away"
            return f"a {step[0]} child that exits with {reason_in_words(step[1])} {verb}; yours says {shown(mine)}"


# Exercise 3: which others ---------------------------------------------------------------------------------------------

to_restart = Exercise(
    "to_restart", defines=["to_restart"], parts={"to_restart": "letitcrash.supervisor:to_restart"}, minutes=5, lines=5
)


@to_restart.cases
def stores(random):
    def case(kind, strategy, children, failed):
        return {"kind": kind, "strategy": strategy, "children": children, "failed": failed}

    for strategy in ("one_for_one", "one_for_all", "rest_for_one"):
        children = random.sample(IDS, random.randint(4, 6))
        middle = random.randint(1, len(children) - 2)
        yield case(f"{strategy}, the first", strategy, children, children[0])
        yield case(f"{strategy}, in the middle", strategy, children, children[middle])
        yield case(f"{strategy}, the last", strategy, children, children[-1])
    for strategy in ("one_for_all", "rest_for_one"):
        yield case(f"{strategy}, alone", strategy, children[:1], children[0])


@to_restart.driver
def somebody_fails(student, case):
    children = list(case["children"])
    return {"restart": student.to_restart(case["strategy"], children, case["failed"]), "left": children}


def the_ones(case):
    """The ids that the library names."""
    return list(right_ones(case["strategy"], case["children"], case["failed"]))


def wrong_ones(case, evidence):
    """The fault of the ids that were named, their order apart, in words; or None."""
    if sorted(evidence["restart"]) != sorted(the_ones(case)):
        return (
            f"{case['strategy']} over {shown(case['children'])}, {case['failed']} fails: {shown(the_ones(case))} are "
            f"started again, yours are {shown(evidence['restart'])}"
        )


@to_restart.criterion(on=["one_for_one, the first", "one_for_one, in the middle", "one_for_one, the last"], points=2)
def one_for_one_touches_nobody_else(case, evidence):
    """one_for_one restarts the child that failed, and no other."""
    return wrong_ones(case, evidence)


@to_restart.criterion(
    on=["one_for_all, the first", "one_for_all, in the middle", "one_for_all, the last", "one_for_all, alone"]
)
def one_for_all_takes_all(case, evidence):
    """one_for_all restarts all children, and the one that failed is among them."""
    return wrong_ones(case, evidence)


@to_restart.criterion(
    on=["rest_for_one, the first", "rest_for_one, in the middle", "rest_for_one, the last", "rest_for_one, alone"],
    points=3,
)
def rest_for_one_takes_who_came_after(case, evidence):
    """rest_for_one restarts the child that failed and those started after it, and leaves those before it alone."""
    return wrong_ones(case, evidence)


@to_restart.criterion(on=["one_for_all, in the middle", "rest_for_one, the first", "rest_for_one, in the middle"])
def in_the_order_of_their_start(case, evidence):
    """The ids stand in the order in which the children were started."""
    named = [child for child in case["children"] if child in evidence["restart"]]
    if evidence["restart"] != named or case["failed"] not in named:
        return (
            f"{case['strategy']} over {shown(case['children'])}, {case['failed']} fails: the order should be "
            f"{shown(the_ones(case))}, yours is {shown(evidence['restart'])}"
        )


@to_restart.criterion(on=["rest_for_one, in the middle", "one_for_one, in the middle", "one_for_all, in the middle"])
def the_list_of_children_stays_as_it_is(case, evidence):
    """The supervisor's list of children is the same afterwards."""
    if evidence["left"] != case["children"] or not isinstance(evidence["restart"], list):
        return f"the supervisor had {shown(case['children'])}, and after you answered it has {shown(evidence['left'])}"


PLACES = [*IDS, "till 2", "", 0, 1.5, {"$tuple": ["till", 1]}, {"$tuple": []}]
"""Ids: an id may be anything that can be a key of a dict."""


@to_restart.search(points=4, words=lambda each: in_words_of_a_failure(each))
def any_store(random, size):
    """Steps [strategy, children, place of the one that fails]."""

    def step():
        children = random.sample(PLACES, random.randint(1, min(5, size + 1)))
        strategy = random.choice(["one_for_one", "one_for_all", "rest_for_one", "rest_for_one"])
        return [strategy, children, random.choice(children)]

    return {"steps": [step() for _ in range(size)]}


@to_restart.player
def children_fail(student, case):
    for strategy, children, failed in case["steps"]:
        named = student.to_restart(strategy, children, failed)
        yield {"restart": named, "left": children}


def in_words_of_a_failure(each):
    """A failure, or the children that are named and those that are left."""
    if isinstance(each, list):
        return f"{each[0]} over {shown(each[1])}, {shown(each[2])} fails"
    if isinstance(each, dict) and each.keys() == {"restart", "left"}:
        return f"{shown(each['restart'])}, and the list of children is {shown(each['left'])}"
    return shown(each)


# Exercise 4: the supervisor ------------------------------------------------------------------------------------------

supervisor = Exercise(
    "supervisor",
    defines=["Supervisor"],
    parts={"Supervisor": "letitcrash.supervisor:Supervisor"},
    needs=["restart_window", "should_restart", "to_restart"],
    hides=["letitcrash.supervisor.static:StaticSupervisor"],
    minutes=28,
    lines=26,
    steps=20_000,
)


@supervisor.cases
def stores_with_a_supervisor(random):
    """Scenarios as `letitcrash.scenario` plays them; the top is called top, its children have names from the store."""

    def scenario(kind, children, script, until=3.5, strategy="one_for_one", intensity=5, period=5):
        tree = {"id": "top", "strategy": strategy, "intensity": intensity, "period": period, "children": children}
        return {"kind": kind, "tree": tree, "script": script, "until": until}

    def at(second, *orders):
        return {"at": second, "do": [list(order) for order in orders]}

    def workers(**special):
        return [{"id": id, **special.get(letter, {})} for letter, id in zip("abcd", ids, strict=True)]

    ids = random.sample(IDS, 4)
    a, b, c, d = ids
    why = random.choice(CRASHES)
    # Beginning and end
    yield scenario("opens", workers()[: random.randint(2, 4)], [], 1.0)
    yield scenario("closes", workers(), [at(1.3, ("shutdown",))], 2.0)
    cannot = random.choice("bcd")
    yield scenario("opening fails", workers(**{cannot: {"starts": ["fail"]}}), [], 1.0)
    # Types and reasons
    yield scenario("crash", workers(), [at(1.3, ("exit", random.choice(ids), why))])
    home = workers(a={"restart": "transient"}, b={"restart": "temporary"})
    yield scenario("goes home", home, [at(1.3, ("exit", a, "normal")), at(1.6, ("which_children", "top"))])
    yield scenario("goes for good", home, [at(1.3, ("exit", b, why)), at(1.6, ("which_children", "top"))])
    # Strategies
    for strategy in ("one_for_all", "rest_for_one"):
        yield scenario(strategy, workers(), [at(1.3, ("exit", random.choice([b, c]), why))], strategy=strategy)
        passing = workers(c={"restart": "temporary"})
        crash = [at(1.3, ("exit", b, why)), at(1.6, ("which_children", "top"))]
        yield scenario("a temporary one stands by", passing, crash, strategy=strategy)
    # How often
    most = random.randint(2, 3)
    leaves = [at(1.2, ("exit", a, "normal"))]
    crashes = [at(1.3 + 0.5 * turn, ("exit", b, random.choice([why, "normal"]))) for turn in range(most)]
    last = [at(1.3 + 0.5 * most, ("exit", random.choice([c, d]), why))]
    some = workers(a={"restart": "transient"})
    yield scenario("as many as allowed", some, [*leaves, *crashes], 4.5, intensity=most)
    yield scenario("one too many", some, [*leaves, *crashes, *last], 4.5, intensity=most)
    apart = [at(second, ("exit", d, why)) for second in (1.3, 3.4, 5.5)]
    yield scenario("far apart", workers(), apart, 6.5, intensity=1, period=1)
    below = {"id": "below", "restart": "transient", "intensity": 1, "children": workers()[:2]}
    twice = [at(1.3, ("exit", a, why)), at(1.6, ("exit", b, why)), at(2.4, ("which_children", "top"))]
    yield scenario("one too many below", [below, {"id": c}], twice)
    at_once = [at(1.3, ("signal", a, "kill"), ("signal", b, "kill"))]
    yield scenario("two at once, one_for_one", workers(), at_once, intensity=1)
    yield scenario("two at once, one_for_all", workers(), at_once, intensity=1, strategy="one_for_all")
    # Starts that fail
    fails = {"starts": ["ok"] + ["fail"] * 9}
    crash = [at(1.3, ("exit", b, why))]
    yield scenario("fails for ever", workers(b=fails), crash, intensity=most)
    twice = {"starts": ["ok", "fail", "fail"]}
    yield scenario("fails twice", workers(b=twice), crash, intensity=3)
    yield scenario("fails twice, rest_for_one", workers(c=twice), crash, intensity=3, strategy="rest_for_one")
    yield scenario("fails twice, one_for_all", workers(b=twice), crash, intensity=3, strategy="one_for_all")
    slow = workers(b={**fails, "start_takes": 0.5})
    ask = [*crash, at(2.0, ("which_children", "top")), at(2.5, ("shutdown",))]
    yield scenario("slow tries", slow, ask, intensity=8)
    # A stranger
    stranger = [at(1.3, ("signal", "top", random.choice(["shutdown", why])))]
    yield scenario("a stranger", workers(), stranger)


@supervisor.driver
def play_it(student, case):
    from letitcrash.process import events as ev
    from letitcrash.scenario import play

    log, world = play(case, student.Supervisor)
    for event in world.trace.of(ev.Exited):
        if isinstance(event.reason, BaseException):
            raise event.reason
    return {"rows": log.rows, "run": list(world.trace.lines())[:1000]}


@cache
def on_otp(case):
    """The rows of this case, given as JSON, on OTP: the library does the same."""
    case = json.loads(case)
    return canonical(case, run_scenario(case))


def both(case, evidence):
    """The reader's run and OTP's, as rows that can be compared."""
    return canonical(case, evidence["rows"]), on_otp(json.dumps(case))


def parting(case, evidence, ordered):
    """The first rows in which the reader's run differs from OTP's: (yours, right), one may be None; or None."""
    yours, right = both(case, evidence)
    if ordered:
        return next((pair for pair in zip_longest(yours, right) if pair[0] != pair[1]), None)
    for slot in sorted({row[0] for row in (*yours, *right)}):
        mine, theirs = ([str(row) for row in rows if row[0] == slot] for rows in (yours, right))
        extra = next((row for row in yours if (Counter(mine) - Counter(theirs))[str(row)] and row[0] == slot), None)
        lacking = next((row for row in right if (Counter(theirs) - Counter(mine))[str(row)] and row[0] == slot), None)
        if extra or lacking:
            return extra, lacking


def tree_in_words(case):
    """The tree and its script, in words."""
    tree = case["tree"]
    special = {"transient": "transient", "temporary": "temporary"}
    names = [" ".join(filter(None, [special.get(child.get("restart")), child["id"]])) for child in tree["children"]]
    verbs = {"exit": "{0} exits ({1})", "signal": "{0} is sent {1}", "shutdown": "all is shut down"}
    done = [
        f"at {step['at']:g} s " + " and ".join(verbs[order[0]].format(*order[1:]) for order in step["do"])
        for step in case["script"]
        if step["do"][0][0] in verbs
    ]
    flags = f"{tree['strategy']}, {tree['intensity']} in {tree['period']} s"
    return "; ".join([f"{flags}, over {', '.join(names)}", *done])


def wrong_play(case, evidence, ordered=False):
    """The first difference from OTP, in words; or None."""
    if found := parting(case, evidence, ordered):
        yours, right = found
        says = [f"in yours {in_words(yours)}"] if yours else []
        says += [f"on OTP {in_words(right)}"] if right else ["on OTP nothing of the kind"]
        says += [] if yours else ["in yours nothing of the kind"]
        return f"{tree_in_words(case)}: {', '.join(says)}"


def is_about(event, row):
    """Tell if the row of the log is about this event of the run."""
    _, _, what, id, _ = row
    if what == "start":
        return isinstance(event, ev.ChildStarted | ev.ChildFailed) and event.id == id
    if what == "exit":
        return isinstance(event, ev.Exited) and event.pid.endswith(f" {id}>" if id in IDS else " supervisor>")
    return False


def where_it_parts(ordered):
    """A function for `shows`: the run, at the first event that differs from OTP's."""

    def scene(case, evidence):
        found = parting(case, evidence, ordered)
        if not found:
            return None
        yours, right = found
        second = (yours or right)[0]
        events = list(read(evidence["run"]))
        before = [index for index, event in enumerate(events) if event.at < second + 0.05]
        there = [index for index in before if yours and events[index].at >= second and is_about(events[index], yours)]
        why = f"Here, {in_words(yours)}" if yours else f"Here, at {second:g} s, nothing more happens"
        return events, (there or before)[-1], f"{why}; on OTP {in_words(right) if right else 'nothing of the kind'}"

    return scene


def asks(on, points=1, ordered=False):
    """A criterion of the supervisor: these kinds of scenario go as on OTP."""

    def add(judge):
        judge_it = lambda case, evidence: wrong_play(case, evidence, ordered)
        judge_it.__name__, judge_it.__doc__ = judge.__name__, judge.__doc__
        return supervisor.criterion(on=on, points=points, shows=where_it_parts(ordered))(judge_it)

    return add


@asks(["opens", "closes", "opening fails"], points=2, ordered=True)
def starts_in_order_and_stops_last_first():
    """Children are started in order, and stopped in reverse."""


@asks(["opening fails", "opens"])
def an_opening_that_fails_is_undone():
    """A child that cannot start at the opening has those before it stopped, and the exit reason names it."""


@asks(["crash", "goes home", "goes for good"])
def type_and_reason_decide():
    """Restart type and exit reason decide which child comes back and which stays away."""


@asks(["one_for_all", "rest_for_one", "crash"], points=2)
def the_strategy_says_who_else():
    """The children that the strategy names are stopped, if they run, and started; no other is touched."""


@asks(["a temporary one stands by", "one_for_all"])
def a_temporary_bystander_is_not_started_again():
    """A temporary child that is stopped for another's sake is forgotten."""


@asks(["as many as allowed", "one too many", "far apart"], points=2)
def one_too_many_ends_it():
    """All restarts of the period count together; at one more than intensity the supervisor stops all and exits."""


@asks(["one too many below", "crash"])
def giving_up_is_called_shutdown():
    """A supervisor that gives up exits with shutdown, for any reason of its child."""


@asks(["two at once, one_for_all", "two at once, one_for_one"])
def one_exit_is_one_restart():
    """A restart counts once, however many children it stops and starts."""


@asks(["fails for ever", "fails twice"], points=2)
def each_try_counts():
    """A restart whose start fails is tried again, and each try counts as one more restart."""


@asks(["fails twice, rest_for_one", "fails twice, one_for_all"])
def a_try_goes_on_from_who_could_not_start():
    """A try is a restart of the child that could not start, by the same strategy."""


@asks(["slow tries", "fails twice"])
def between_two_tries_others_have_their_turn():
    """Between two tries the supervisor answers, and obeys its parent."""


@asks(["a stranger", "crash"])
def strangers_mean_nothing():
    """The exit of a process that is no child of the supervisor changes nothing."""


@supervisor.search(
    rounds=14, agree=lambda *asked: first_row_apart(*asked), words=lambda each: in_words_of_the_tree(each)
)
def two_supervisors(random, size):
    """A top, a supervisor below it, and the fate of their children: exits, two at once, starts that fail.

    Steps ["flags", supervisor, strategy, intensity, period], ["child", supervisor, id, options] and [second, [order,
    ...]]. Moments are apart, in eighths of a second and some a hair before a whole one.
    """
    names = random.sample([*random.sample(IDS, 5), 0], 6)  # an id may be a number, and may be false
    reasons = [*CRASHES, "normal", "normal", "shutdown", ["shutdown"], ["shutdown", "x", 3], ["shutdown", "lunch"], 0]
    reasons += [None, "", [], ["eggs", "x"], {"$error": ["ValueError", "eggs"]}, {"$set": [1]}]

    def flags(which, most):
        strategy = random.choice(["one_for_one", "one_for_all", "rest_for_one"])
        auto = random.choice(["never", "any_significant", "all_significant"])
        return ["flags", which, strategy, random.randint(1, most), random.randint(1, 3), auto]

    def fail():
        return random.choice(["fail", ["fail", random.choice([0, "", False, [], "no_eggs"])]])

    def options(auto):
        found = {"restart": random.choice(["permanent", "permanent", "transient", "temporary"])}
        if auto != "never":
            found = {"restart": random.choice(["permanent", "transient", "temporary"])}
            if found["restart"] != "permanent" and random.random() < 0.5:
                found["significant"] = True
        if random.random() < 0.4:
            tries = random.choice([[fail()], [fail(), fail()], ["ok", fail()], [fail()] * 9])
            found["starts"] = ["ok", *tries]
        elif random.random() < 0.05:
            found["starts"] = [fail()]
        if random.random() < 0.2:
            found["start_takes"] = 0.25
        return found

    def orders():
        verb = random.choice(["exit", "exit", "exit", "leave", "kill both", "ask", "stranger"])
        if verb == "leave":
            wanted = [child[2] for child in [*tops, *lower] if child[3].get("significant")]
            return [["exit", random.choice(wanted or names), random.choice(["normal", "shutdown"])]]
        if verb == "exit":
            return [["exit", random.choice(names), random.choice(reasons)]]
        if verb == "kill both":
            return [["signal", each, "kill"] for each in random.sample(names, 2)]
        which = random.choice(["top", "below"])
        return (
            [["which_children", which]] if verb == "ask" else [["signal", which, random.choice(["shutdown", "eggs"])]]
        )

    below = random.randint(0, 2)
    of_the_top, of_the_lower, first, second = flags("top", 4), flags("below", 2), [], 1.0
    tops = [["child", "top", each, options(of_the_top[-1])] for each in names[:3]]
    tops.insert(below, ["child", "top", "below", {"restart": random.choice(["permanent", "transient"])}])
    if size % 3 < 2:  # what chance brings about too seldom: slow tries, or a bystander that cannot start
        fails = ["ok", *[fail() for _ in range(random.randint(1, 3))]]
        slow = {"starts": fails, "start_takes": 0.25} if size % 3 else {}
        by = {} if slow else {"starts": fails}
        planned = [slow, by, {}]
        tops = [["child", "top", each, {"restart": "permanent", **planned[at]}] for at, each in enumerate(names[:3])]
        tops.insert(below, ["child", "top", "below", {"restart": "permanent"}])
        strategy = "one_for_one" if slow else random.choice(["one_for_all", "rest_for_one"])
        of_the_top = ["flags", "top", strategy, random.randint(4, 6), 3, "never"]
        first = [[1.0, [["exit", names[0], "eggs"]]], [1.4375, [["which_children", "top"]]]]
        second = 2.0
    lower = [["child", "below", each, options(of_the_lower[-1])] for each in names[3:]]
    steps = [of_the_top, of_the_lower, *tops, *lower, *first]
    for _ in range(size):
        second += random.choice([0.125, 0.5, 0.5, 0.875, 1.0])
        steps.append([second + random.choice([0, 0, 0.0625]), orders()])
    last = [["shutdown", random.choice(["shutdown", *reasons])]]  # the parent of the top may give any reason
    if random.random() < 0.7:
        steps.append([second + 0.75, last])
    elif random.random() < 0.9:
        steps[-1][1] = last
    return {"steps": steps}


@supervisor.player
def play_two(student, case):
    """Yield for each step the rows until the next one; two supervisors that act at once do so in no order."""
    from letitcrash.process import events as ev
    from letitcrash.scenario import play

    flags, children, script, own = {}, {"top": [], "below": []}, [], []
    for step in case["steps"]:
        if step[0] == "flags":
            keys = ("strategy", "intensity", "period", "auto_shutdown")
            flags[step[1]] = dict(zip(keys, step[2:], strict=True))
        elif step[0] == "child":
            children[step[1]].append({"id": step[2], **step[3]})
        else:
            script.append({"at": step[0], "do": step[1]})
            own += [order[-1] for order in step[1]]
    for child in children["top"]:
        if child["id"] == "below":
            child |= {**flags.get("below", {}), "children": children["below"]}
    tree = {"id": "top", **flags.get("top", {}), "children": children["top"]}
    until = script[-1]["at"] + 2.0 if script else 2.0

    def two(children, **told):
        spec = student.Supervisor(children, **told)
        student.Supervisor([], intensity=9)  # another, before the first is started
        return spec

    log, world = play({"tree": tree, "script": script, "until": until}, two)
    for event in world.trace.of(ev.Exited):
        if isinstance(event.reason, BaseException) and not any(event.reason is each for each in own):
            raise event.reason
    rows = sorted(log.rows, key=lambda row: (row[0], row[1], row[2] == "answer"))
    starts = [0.0] * (len(case["steps"]) - len(script)) + [step["at"] for step in script]
    for begin, end in zip(starts, [*starts[1:], until], strict=True):
        yield [row for row in rows if begin <= row[0] < end]


def first_row_apart(case, seen, expected):
    """The first row that differs from OTP's, after the step at which it does; None when all are the same."""
    for step, mine, right in zip_longest(case["steps"], seen, expected):
        if mine != right:
            yours, otp = next(pair for pair in zip_longest(mine or [], right or []) if pair[0] != pair[1])
            nothing = "nothing more happens"
            return (
                f"{in_words_of_the_tree(step)}: in yours {in_words(yours) if yours else nothing}, "
                f"on OTP {in_words(otp) if otp else nothing}"
            )


def in_words_of_the_tree(each):
    """A step, or the rows of what happens at it."""
    if each and each[0] == "flags":
        auto = "" if each[5] == "never" else f", auto_shutdown {each[5]}"
        return f"{each[1]} is {each[2]}, {number_of(each[3], 'restart')} in {each[4]} s{auto}"
    if each and each[0] == "child":
        starts = f"; its starts: {', '.join(map(start_in_words, each[3]['starts']))}" if "starts" in each[3] else ""
        kind = f"{'significant ' * each[3].get('significant', False)}{each[3]['restart']}"
        return f"under {each[1]} there is a {kind} {each[2]}{starts}"
    if each and isinstance(each[0], int | float):
        verbs = {"exit": "{0} exits ({1})", "signal": "{0} is sent {1}", "shutdown": "top is ordered to stop ({0})"}
        told = [
            verbs.get(verb, "{0} is asked for its children").format(*map(reason_in_words, rest or ["shutdown"]))
            for verb, *rest in each[1]
        ]
        return f"at {each[0]:g} s " + " and ".join(told)
    return "; ".join(map(in_words, each)) if each else "nothing happens"


def start_in_words(start):
    """The outcome of a start, with the reason why it failed."""
    return start if isinstance(start, str) else f"fail ({reason_in_words(start[1])})"


@supervisor.scenario
def side_by_side(case, evidence):
    pairs = zip_longest(run_scenario(case), evidence["rows"])
    return [("on OTP", "yours"), *[tuple(in_words(row) if row else "" for row in pair) for pair in pairs]]


# Exercise 5: the ticket ----------------------------------------------------------------------------------------------


async def one_watchman(me):
    """Tell the manager, wait five minutes, and bring the alarm back, again and again."""
    while True:
        await me.receive(me.monitor("alarm"))
        me.send("manager", "the alarm has given up")
        await me.sleep(300)
        await restart_child(me, me.parent, "alarm")


def one_store(till, sensor, bell):
    """The tree of the ticket, with a watchman beside the alarm."""
    below = Supervisor([Child("sensor", sensor), Child("bell", bell)], intensity=1, period=60)
    alarm = Child("alarm", below, restart="transient", name="alarm")
    return Supervisor([Child("till", till), alarm, Child("watchman", one_watchman)], intensity=3, period=60)


alarm = Exercise(
    "alarm",
    defines=["watchman", "store"],
    reference={"watchman": one_watchman, "store": one_store},
    needs=["restart_window", "should_restart", "to_restart", "supervisor"],
    minutes=17,
    lines=7,
    steps=100_000,
)

BACK = 600  # seconds after the plug is dry within which the alarm works again
TOLD = 120  # seconds after the water came within which the manager knows
RINGS = 30  # starts of the sensor that the neighbours bear in an hour
GIVES_UP = 60  # seconds within which the alarm as it stands has given up


LATEST = 3000  # seconds after which the plug dries, though the sensor has not been tried a second time in vain
"""A spell of water is [first, last], or [first, None, least]: then the plug dries at the worst moment after second
`least`, when the sensor has just been started for the second time within a minute, and is about to fail once more."""


@alarm.cases
def nights(random):
    def case(kind, wet, crashes=(), until=7200):
        return {"kind": kind, "wet": wet, "till crashes": list(crashes), "until": until}

    first = random.randint(300, 900)
    half_an_hour = random.randint(1900, 2400)
    yield case("quiet", [], until=1800)
    yield case("a drop", [[first, first]], until=1800)
    yield case("wet", [[first, first + half_an_hour]], until=first + half_an_hour + 1200)
    later = first + 600 + random.randint(1200, 1800)
    yield case("wet twice", [[first, first + 600], [later, later + 600]], until=later + 1800)
    yield case("a till falls", [[first, first + 900]], [first + 400], until=3600)
    least = first + random.randint(600, 1200)
    yield case("dries at the worst moment", [[first, None, least]], until=least + LATEST + 700)
    night = random.randint(11000, 14000)
    yield case("wet after a quiet night", [[night, night + half_an_hour]], until=night + half_an_hour + 1200)
    yield case("wet all morning", [[first, first + 4200]], until=first + 4200 + 700)


@alarm.driver
def a_night(student, case):
    from letitcrash import World
    from letitcrash.process import Exit
    from letitcrash.process import events as ev
    from letitcrash.process.start import StartFailed

    world = World(steps_per_instant=20_000, lines_per_step=3_000)
    starts, told, tills, looks, crew = [], [], [], [], {}
    dry = [spell[1] if spell[1] is not None else spell[2] + 3000 for spell in case["wet"]]

    def wet(second):
        return any(spell[0] <= second < last for spell, last in zip(case["wet"], dry, strict=True))

    async def sensor(me):
        second_try = bool(starts) and me.now - starts[-1] <= 60
        starts.append(me.now)
        crew["sensor"] = me.pid
        for which, spell in enumerate(case["wet"]):
            if spell[1] is None and second_try and spell[2] <= me.now < dry[which]:
                dry[which] = me.now + 0.25
        if wet(me.now):
            await me.sleep(10)
        else:
            await me.receive("water")
        raise Exit("water in the plug")

    async def bell(me):
        crew["bell"] = me.pid
        while True:
            await me.receive()

    async def till(me):
        tills.append(me.now)
        crew["till"] = me.pid
        await me.receive("crash")
        raise Exit("eggs")

    async def manager(me):
        while True:
            await me.receive()
            told.append(me.now)

    def there(who):
        return who in crew and world.is_alive(crew[who])

    def hit(who, word):
        if there(who):
            world.send(crew[who], word)

    def look():
        looks.append([world.now, there("sensor") and there("bell") and not wet(world.now), there("till")])

    world.spawn(manager, name="manager")
    try:
        top = world.start(student.store(till, sensor, bell))
    except StartFailed as error:
        raise error.reason if isinstance(error.reason, BaseException) else error from None
    for first, *_ in case["wet"]:
        world.at(first, hit, "sensor", "water")
    for second in case["till crashes"]:
        world.at(second, hit, "till", "crash")
    worst = any(spell[1] is None for spell in case["wet"])
    while world.now < (min(case["until"], max(dry) + 700) if worst else case["until"]):
        for second in range(20, 301, 20):
            world.at(world.now + second + 0.5, look)
        world.run(until=world.now + 300)
    for event in world.trace.of(ev.Exited):
        mistake = isinstance(event.reason, (TypeError, NameError, AttributeError, NotImplementedError))
        if mistake or not isinstance(event.reason, (Exception, str, tuple)):
            raise event.reason
    return {
        "starts": starts,
        "told": told,
        "tills": tills,
        "dry": dry,
        "no alarm": [second for second, alarm, _ in looks if not alarm],
        "no till": [second for second, _, till in looks if not till],
        "store closed": next((event.at for event in world.trace.of(ev.Exited) if event.pid is top), None),
        "run": list(world.trace.lines())[:2000],
    }


def spells(case, evidence):
    """The spells of water in the plug, each from its first second to its last."""
    ends = [
        spell[1] if spell[1] is not None else min(max(spell[2], last), spell[2] + LATEST)
        for spell, last in zip(case["wet"], evidence["dry"], strict=True)
    ]
    return [(spell[0], last) for spell, last in zip(case["wet"], ends, strict=True)]


def night_in_words(case, evidence):
    """The night in words: water, drops, and tills that crash."""
    said = [
        f"water in the plug from {first:g} to {last:g} s" if last > first else f"a drop in the plug at {first:g} s"
        for first, last in spells(case, evidence)
    ]
    said += [f"a till crashes at {second:g} s" for second in case["till crashes"]]
    return " and ".join(said) or "a quiet night"


def not_back(case, evidence):
    """The first second without an alarm that should have one, or None."""
    for second in evidence["no alarm"]:
        if not any(first <= second <= last + BACK for first, last in spells(case, evidence)):
            return second


def wrong_alarm(case, evidence):
    """The alarm that is missing when it should be there, in words; or None."""
    for first, last in spells(case, evidence):
        if not any(start <= first for start in evidence["starts"]):
            return f"{night_in_words(case, evidence)}: the water comes, and the sensor has not been started yet"
        if not any(last <= start <= last + BACK for start in evidence["starts"]):
            missing = f"from {last:g} s on the plug is dry, by {last + BACK:g} s no sensor is started"
            return f"{night_in_words(case, evidence)}: {missing}"
    if (second := not_back(case, evidence)) is not None:
        dry = max((last for _, last in spells(case, evidence) if last <= second), default=None)
        since = f"; the plug has been dry for {second - dry:.0f} s" if dry is not None else ""
        return f"{night_in_words(case, evidence)}: at {second:.0f} s there is no alarm{since}"


def where_the_store_closes(case, evidence):
    """The run, at the moment when the top gives up; or None."""
    events = list(read(evidence["run"]))
    ends = [index for index, event in enumerate(events) if isinstance(event, ev.GaveUp)]
    if evidence["store closed"] is not None and ends:
        return events, ends[-1], "One restart too many: the supervisor of the whole store gives up, tills and all"


def where_nobody_comes(case, evidence):
    """The run, at the moment when the store closes, or else when the alarm leaves before it is missed; or None."""
    if scene := where_the_store_closes(case, evidence):
        return scene
    second = not_back(case, evidence)
    events = list(read(evidence["run"]))
    gone = [index for index, event in enumerate(events) if isinstance(event, ev.GaveUp)]
    if second is not None and gone:
        why = f"The alarm gives up here, at {events[gone[-1]].at:g} s, and at {second:.0f} s nobody has brought it back"
        return events, gone[-1], why


@alarm.criterion(
    on=["wet", "wet twice", "wet after a quiet night", "dries at the worst moment", "a drop", "quiet"],
    points=3,
    shows=where_nobody_comes,
)
def the_alarm_comes_back(case, evidence):
    """Target: the alarm works again ten minutes after the plug is dry, at the latest."""
    return wrong_alarm(case, evidence)


@alarm.criterion(on=["wet", "wet twice", "wet after a quiet night", "a drop", "quiet"], points=2)
def the_manager_is_told(case, evidence):
    """Target: the manager is told within two minutes when the alarm has given up, and is not told when it has not."""
    told = evidence["told"]
    for first, last in spells(case, evidence):
        heard = [second for second in told if first <= second <= first + TOLD]
        if last - first > GIVES_UP and not heard:
            return f"{night_in_words(case, evidence)}: by {first + TOLD:g} s the manager has been told nothing of it"
    for second in told:
        if not any(
            first <= second <= last + BACK and last - first > GIVES_UP for first, last in spells(case, evidence)
        ):
            return (
                f"{night_in_words(case, evidence)}: the manager is told at {second:g} s, and the alarm had not given up"
            )


@alarm.criterion(on=["wet", "a till falls", "quiet"], points=2, shows=where_the_store_closes)
def the_tills_never_notice(case, evidence):
    """Budget: no till is stopped for the alarm's sake, and one that falls comes back."""
    if evidence["store closed"] is not None:
        closed = f"at {evidence['store closed']:g} s the whole store is closed, tills and all"
        return f"{night_in_words(case, evidence)}: {closed}"
    if evidence["no till"]:
        return f"{night_in_words(case, evidence)}: at {evidence['no till'][0]:.0f} s there is no till"
    if len(evidence["tills"]) != 1 + len(case["till crashes"]):
        return f"{night_in_words(case, evidence)}: tills were started at {shown(evidence['tills'])} s"


@alarm.criterion(on=["wet", "wet all morning", "dries at the worst moment", "a drop", "quiet"], points=2)
def the_neighbours_sleep(case, evidence):
    """Budget: the sensor is started at most thirty times in any hour, and an alarm that stays away saves nothing."""
    starts = evidence["starts"]
    for begin in starts:
        count = sum(begin <= second < begin + 3600 for second in starts)
        if count > RINGS:
            often = f"from {begin:.0f} s on the sensor is started {count} times in an hour"
            return f"{night_in_words(case, evidence)}: {often}"
    return wrong_alarm(case, evidence)


@alarm.scenario
def the_night(case, evidence):
    rows = [("", ""), ("the night", night_in_words(case, evidence))]
    for key in ("starts", "told", "tills"):
        rows.append((key if key != "starts" else "sensor started", shown([round(at) for at in evidence[key]])))
    gone = evidence["no alarm"]
    rows.append(("no alarm", f"{len(gone)} of the looks, first at {gone[0]:.0f} s" if gone else "never"))
    return [*rows, ("store closed", shown(evidence["store closed"]))]


@alarm.tells
def figures_of_the_nights(cases, evidence):
    """The figures of target and budget, each at its worst."""
    back, heard, most = 0.0, 0.0, 0
    for case, night in zip(cases, evidence, strict=True):
        starts = night["starts"]
        for first, last in spells(case, night):
            back = max(back, min(second for second in starts if second >= last) - last)
            if last - first > GIVES_UP:
                heard = max(heard, min(second for second in night["told"] if second >= first) - first)
        most = max([most, *(sum(begin <= second < begin + 3600 for second in starts) for begin in starts)])
    return (
        f"The alarm is back after {back:.0f} s at most, {BACK} are allowed; the manager knows after {heard:.0f} s, "
        f"{TOLD} are allowed; the sensor is started {most} times in an hour, {RINGS} are allowed."
    )


@alarm.search(rounds=2, points=2, agree=lambda *asked: what_is_missed(*asked), words=lambda each: shown(each))
def any_night(random, size):
    """A night with a drop, a wet hour that ends at the worst moment, and tills that fall; in eighths of a second."""
    first = random.randrange(800, 4000) / 8
    second = first + random.randrange(1600, 6400) / 8
    wet = [[first, first], [second, None, second + 3700 + random.randrange(800) / 8]]
    crashes = [second + 500 * (number + 1) + random.randrange(800) / 8 for number in range(min(3, size // 2))]
    return {"wet": wet, "till crashes": crashes, "until": int(wet[-1][2]) + LATEST + 700}


def what_is_missed(case, seen, expected):
    """The first target or budget that this night misses; None when it keeps all of them."""
    judges = (the_alarm_comes_back, the_manager_is_told, the_tills_never_notice, the_neighbours_sleep)
    return next(filter(None, (judge(case, seen) for judge in judges)), None)
