"""The exam of lab 4: who comes back, how often is too often, a supervisor that does what OTP's does, and an alarm.

Ids, reasons and seconds are drawn anew under every seed. What a supervisor does is compared with what the library's
does in the same scenario, which is what OTP does; the order of things within an instant is asked only where it is the
question.
"""

import json
from collections import Counter
from functools import cache
from itertools import zip_longest

from letitcrash.classroom.exam import Exercise, number, shown
from letitcrash.process import events as ev
from letitcrash.scenario import canonical, in_words, run_scenario
from letitcrash.supervisor import restart_window as right_window
from letitcrash.supervisor import should_restart as comes_back
from letitcrash.supervisor import to_restart as right_ones
from letitcrash.trace import read

IDS = ["till", "shelf", "baker", "butcher", "scale", "freezer", "florist", "printer"]
CRASHES = ["eggs", "milk", "badmatch", "function_clause", "out of labels", "smudge"]

# Exercise 1: the restarts that count ---------------------------------------------------------------------------------

restart_window = Exercise("restart_window", defines=["restart_window"], parts=["restart_window"], minutes=8, lines=2)


@restart_window.cases
def moments(random):
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
    return list(student.restart_window(tuple(case["restarts"]), case["now"], case["period"]))


def the_window(case):
    """The right one."""
    return list(right_window(case["restarts"], case["now"], case["period"]))


def windows_in_words(case, evidence):
    """Case, right window and the reader's, in a sentence."""
    return (
        f"restarts at {shown(case['restarts'])}, one more at {case['now']:g} s, period {case['period']} s: what counts "
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
    """What is older than the period counts no more, and only that."""
    if len(evidence) != len(the_window(case)):
        return windows_in_words(case, evidence)


@restart_window.criterion(on=["at the edge, on the tick", "beyond"])
def the_edge_counts(case, evidence):
    """A restart exactly one period ago counts still; a second earlier does not."""
    if len(evidence) != len(the_window(case)):
        return windows_in_words(case, evidence)


@restart_window.criterion(on=["at the edge, late", "the first", "long ago"], points=2)
def seconds_are_whole(case, evidence):
    """The clock is read in whole seconds: the one that has begun."""
    if evidence != the_window(case):
        return windows_in_words(case, evidence)


# Exercise 2: who comes back ------------------------------------------------------------------------------------------

should_restart = Exercise("should_restart", defines=["should_restart"], parts=["should_restart"], minutes=4, lines=3)


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
    """What is wrong with the decision, or None."""
    reason = tuple(case["reason"]) if isinstance(case["reason"], list) else case["reason"]
    right = comes_back(case["restart"], reason)
    if bool(evidence) is not right or not isinstance(evidence, bool | None):
        verb = "comes back" if right else "stays away"
        return f"a {case['restart']} child that exits with {reason!r} {verb}; yours says {shown(evidence)}"


@should_restart.criterion(on=["permanent, normal", "permanent, shutdown", "permanent, crash", "temporary, normal"])
def permanent_means_always(case, evidence):
    """Who is permanent comes back, whatever the reason, normal included."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["temporary, crash", "temporary, killed", "temporary, shutdown", "permanent, crash"])
def temporary_means_never(case, evidence):
    """Who is temporary never comes back, not from a crash either."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["transient, normal", "transient, crash"], points=2)
def transient_means_after_a_crash(case, evidence):
    """Who is transient comes back after a crash, and not after a normal end."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["transient, shutdown", "transient, shutdown with a note", "transient, crash"], points=2)
def shutdown_is_no_crash(case, evidence):
    """Shutdown, with a note or without, is an end as it should be."""
    return wrong_answer(case, evidence)


@should_restart.criterion(on=["transient, killed", "transient, normal"])
def to_be_killed_is_a_crash(case, evidence):
    """Who was killed did not go home."""
    return wrong_answer(case, evidence)


# Exercise 3: who else ------------------------------------------------------------------------------------------------

to_restart = Exercise("to_restart", defines=["to_restart"], parts=["to_restart"], minutes=4, lines=5)


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
    return {"restart": list(student.to_restart(case["strategy"], children, case["failed"])), "left": children}


def the_ones(case):
    """The right ones."""
    return list(right_ones(case["strategy"], case["children"], case["failed"]))


def wrong_ones(case, evidence):
    """What is wrong with whom the strategy names, their order apart; or None."""
    if sorted(evidence["restart"]) != sorted(the_ones(case)):
        return (
            f"{case['strategy']} over {shown(case['children'])}, {case['failed']} fails: {shown(the_ones(case))} are "
            f"started again, yours are {shown(evidence['restart'])}"
        )


@to_restart.criterion(on=["one_for_one, the first", "one_for_one, in the middle", "one_for_one, the last"])
def one_for_one_touches_nobody_else(case, evidence):
    """one_for_one: who failed, and nobody else."""
    return wrong_ones(case, evidence)


@to_restart.criterion(
    on=["one_for_all, the first", "one_for_all, in the middle", "one_for_all, the last", "one_for_all, alone"]
)
def one_for_all_takes_all(case, evidence):
    """one_for_all: everybody, who failed included."""
    return wrong_ones(case, evidence)


@to_restart.criterion(
    on=["rest_for_one, the first", "rest_for_one, in the middle", "rest_for_one, the last", "rest_for_one, alone"],
    points=2,
)
def rest_for_one_takes_who_came_after(case, evidence):
    """rest_for_one: who failed and those started after; those before are left in peace."""
    return wrong_ones(case, evidence)


@to_restart.criterion(on=["one_for_all, in the middle", "rest_for_one, the first", "rest_for_one, in the middle"])
def in_the_order_of_their_start(case, evidence):
    """Those it names stand in the order of their start."""
    named = [child for child in case["children"] if child in evidence["restart"]]
    if evidence["restart"] != named or case["failed"] not in named:
        return (
            f"{case['strategy']} over {shown(case['children'])}, {case['failed']} fails: the order should be "
            f"{shown(the_ones(case))}, yours is {shown(evidence['restart'])}"
        )


@to_restart.criterion(on=["rest_for_one, in the middle", "one_for_one, in the middle", "one_for_all, in the middle"])
def the_list_of_children_stays_as_it_is(case, evidence):
    """The supervisor's list of children is the same afterwards."""
    if evidence["left"] != case["children"]:
        return f"the supervisor had {shown(case['children'])}, and after you answered it has {shown(evidence['left'])}"


# Exercise 4: the supervisor ------------------------------------------------------------------------------------------

supervisor = Exercise(
    "supervisor",
    defines=["Heart", "Supervisor"],
    parts=["Supervisor"],
    needs=["restart_window", "should_restart", "to_restart"],
    hides=["letitcrash.supervisor.static:StaticSupervisor"],
    minutes=22,
    lines=26,
    steps=20_000,
)


@supervisor.cases
def stores_with_a_supervisor(random):
    """Scenarios as `letitcrash.scenario` plays them; the top is called top, what is below has names from the store."""

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
    # Who comes back
    yield scenario("crash", workers(), [at(1.3, ("exit", random.choice(ids), why))])
    home = workers(a={"restart": "transient"}, b={"restart": "temporary"})
    yield scenario("goes home", home, [at(1.3, ("exit", a, "normal")), at(1.6, ("which_children", "top"))])
    yield scenario("goes for good", home, [at(1.3, ("exit", b, why)), at(1.6, ("which_children", "top"))])
    # Who else
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
    # Who is no child
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
    """What happens on OTP in this case, given as JSON: the library does the same."""
    case = json.loads(case)
    return canonical(case, run_scenario(case))


def both(case, evidence):
    """The reader's run and OTP's, as rows that can be compared."""
    return canonical(case, evidence["rows"]), on_otp(json.dumps(case))


def parting(case, evidence, ordered):
    """Where the reader's run parts from OTP's: (yours, right), either of which may be None; or None."""
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
    """The tree and what befalls it."""
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
    """What goes otherwise than on OTP, or None."""
    if found := parting(case, evidence, ordered):
        yours, right = found
        says = [f"in yours {in_words(yours)}"] if yours else []
        says += [f"on OTP {in_words(right)}"] if right else ["on OTP nothing of the kind"]
        says += [] if yours else ["in yours nothing of the kind"]
        return f"{tree_in_words(case)}: {', '.join(says)}"


def is_about(event, row):
    """Whether this event of the run is what the row of the log tells."""
    _, _, what, id, _ = row
    if what == "start":
        return isinstance(event, ev.ChildStarted | ev.ChildFailed) and event.id == id
    if what == "exit":
        return isinstance(event, ev.Exited) and event.pid.endswith(f" {id}>" if id in IDS else " supervisor>")
    return False


def where_it_parts(ordered):
    """A function for `shows`: the run, at the event where it parts from OTP's."""

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
    """When one cannot start at the opening, those before it are stopped, and the supervisor says who it was."""


@asks(["crash", "goes home", "goes for good"])
def type_and_reason_decide():
    """Who comes back and who stays away is decided by type and reason."""


@asks(["one_for_all", "rest_for_one", "crash"], points=2)
def the_strategy_says_who_else():
    """Whom the strategy names is stopped, if there, and started; nobody else is touched."""


@asks(["a temporary one stands by", "one_for_all"])
def a_temporary_bystander_is_not_started_again():
    """A temporary child that is stopped for another's sake is forgotten."""


@asks(["as many as allowed", "one too many", "far apart"], points=2)
def one_too_many_ends_it():
    """All restarts of the period count together; one more than intensity, and all is stopped."""


@asks(["one too many below", "crash"])
def giving_up_is_called_shutdown():
    """A supervisor that gives up exits with shutdown, whatever its child died of."""


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
    """The exit of somebody who is no child of ours changes nothing."""


@supervisor.scenario
def side_by_side(case, evidence):
    pairs = zip_longest(run_scenario(case), evidence["rows"])
    return [("on OTP", "yours"), *[tuple(in_words(row) if row else "" for row in pair) for pair in pairs]]


# Exercise 5: the ticket ----------------------------------------------------------------------------------------------

alarm = Exercise(
    "alarm",
    defines=["watchman", "store"],
    needs=["restart_window", "should_restart", "to_restart", "supervisor"],
    minutes=12,
    lines=7,
    steps=100_000,
)

BACK = 600  # seconds after the plug is dry within which the alarm works again
TOLD = 120  # seconds after the water came within which the manager knows
RINGS = 30  # starts of the sensor that the neighbours bear in an hour
GIVES_UP = 60  # seconds within which the alarm as it stands has given up


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


@alarm.driver
def a_night(student, case):
    from letitcrash import World
    from letitcrash.process import Exit
    from letitcrash.process import events as ev
    from letitcrash.process.start import StartFailed

    world = World(steps_per_instant=20_000, lines_per_step=3_000)
    starts, told, tills, looks, crew = [], [], [], [], {}

    def wet(second):
        return any(first <= second < last for first, last in case["wet"])

    async def sensor(me):
        starts.append(me.now)
        crew["sensor"] = me.pid
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
    for first, _ in case["wet"]:
        world.at(first, hit, "sensor", "water")
    for second in case["till crashes"]:
        world.at(second, hit, "till", "crash")
    for second in range(10, case["until"], 10):
        world.at(second + 0.5, look)
    world.run(until=case["until"])
    for event in world.trace.of(ev.Exited):
        mistake = isinstance(event.reason, (TypeError, NameError, AttributeError, NotImplementedError))
        if mistake or not isinstance(event.reason, (Exception, str, tuple)):
            raise event.reason
    return {
        "starts": starts,
        "told": told,
        "tills": tills,
        "no alarm": [second for second, alarm, _ in looks if not alarm],
        "no till": [second for second, _, till in looks if not till],
        "store closed": next((event.at for event in world.trace.of(ev.Exited) if event.pid is top), None),
        "run": list(world.trace.lines())[:2000],
    }


def night_in_words(case):
    """What befalls the store."""
    said = [
        f"water in the plug from {first} to {last} s" if last > first else f"a drop in the plug at {first} s"
        for first, last in case["wet"]
    ]
    said += [f"a till crashes at {second} s" for second in case["till crashes"]]
    return " and ".join(said) or "a quiet night"


def not_back(case, evidence):
    """The first second without an alarm that should have one, or None."""
    for second in evidence["no alarm"]:
        if not any(first <= second <= last + BACK for first, last in case["wet"]):
            return second


def wrong_alarm(case, evidence):
    """Whether there is no alarm where there should be one, in words; or None."""
    for _, last in case["wet"]:
        if not any(last <= start <= last + BACK for start in evidence["starts"]):
            return f"{night_in_words(case)}: from {last} s on the plug is dry, by {last + BACK} s no sensor is started"
    if (second := not_back(case, evidence)) is not None:
        dry = max((last for _, last in case["wet"] if last <= second), default=None)
        since = f"; the plug has been dry for {second - dry:.0f} s" if dry is not None else ""
        return f"{night_in_words(case)}: at {second:.0f} s there is no alarm{since}"


def where_the_store_closes(case, evidence):
    """The top gives up."""
    events = list(read(evidence["run"]))
    ends = [index for index, event in enumerate(events) if isinstance(event, ev.GaveUp)]
    if evidence["store closed"] is not None and ends:
        return events, ends[-1], "One restart too many: the supervisor of the whole store gives up, tills and all"


def where_nobody_comes(case, evidence):
    """The store closes; or the alarm leaves for the last time before it is missed."""
    if scene := where_the_store_closes(case, evidence):
        return scene
    second = not_back(case, evidence)
    events = list(read(evidence["run"]))
    gone = [index for index, event in enumerate(events) if isinstance(event, ev.GaveUp)]
    if second is not None and gone:
        why = f"The alarm gives up here, at {events[gone[-1]].at:g} s, and at {second:.0f} s nobody has brought it back"
        return events, gone[-1], why


@alarm.criterion(on=["wet", "wet twice", "a drop", "quiet"], points=3, shows=where_nobody_comes)
def the_alarm_comes_back(case, evidence):
    """Target: ten minutes after the plug is dry, at the latest, the alarm works again."""
    return wrong_alarm(case, evidence)


@alarm.criterion(on=["wet", "wet twice", "a drop", "quiet"], points=2)
def the_manager_is_told(case, evidence):
    """Target: the manager is told within two minutes of the alarm's giving up, and not when it has not."""
    told = evidence["told"]
    for first, last in case["wet"]:
        heard = [second for second in told if first <= second <= first + TOLD]
        if last - first > GIVES_UP and not heard:
            return f"{night_in_words(case)}: by {first + TOLD} s the manager has been told nothing of it"
    for second in told:
        if not any(first <= second <= last + BACK and last - first > GIVES_UP for first, last in case["wet"]):
            return f"{night_in_words(case)}: the manager is told at {second:g} s, and the alarm had not given up"


@alarm.criterion(on=["wet", "a till falls", "quiet"], points=2, shows=where_the_store_closes)
def the_tills_never_notice(case, evidence):
    """Budget: no till is stopped for the alarm's sake, and one that falls comes back."""
    if evidence["store closed"] is not None:
        return f"{night_in_words(case)}: at {evidence['store closed']:g} s the whole store is closed, tills and all"
    if evidence["no till"]:
        return f"{night_in_words(case)}: at {evidence['no till'][0]:.0f} s there is no till"
    if len(evidence["tills"]) != 1 + len(case["till crashes"]):
        return f"{night_in_words(case)}: tills were started at {shown(evidence['tills'])} s"


@alarm.criterion(on=["wet", "a drop", "quiet"], points=2)
def the_neighbours_sleep(case, evidence):
    """Budget: the sensor is started at most thirty times in any hour; who does not try at all saves nothing."""
    starts = evidence["starts"]
    for begin in starts:
        count = sum(begin <= second < begin + 3600 for second in starts)
        if count > RINGS:
            return f"{night_in_words(case)}: from {begin:.0f} s on the sensor is started {count} times in an hour"
    return wrong_alarm(case, evidence)


@alarm.scenario
def the_night(case, evidence):
    rows = [("", ""), ("the night", night_in_words(case))]
    for key in ("starts", "told", "tills"):
        rows.append((key if key != "starts" else "sensor started", shown([round(at) for at in evidence[key]])))
    gone = evidence["no alarm"]
    rows.append(("no alarm", f"{len(gone)} of the looks, first at {gone[0]:.0f} s" if gone else "never"))
    return [*rows, ("store closed", shown(evidence["store closed"]))]
