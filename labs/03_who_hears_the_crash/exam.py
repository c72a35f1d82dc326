"""The exam of lab 3: the rule of exit signals, links, monitors, names, and a counter that always has its clerk.

Reasons and the people of each case are drawn anew under every seed. The order in which people are told is never asked:
between different senders nothing is promised.
"""

from itertools import zip_longest

from letitcrash.classroom.exam import Exercise, any_value, moments, shown
from letitcrash.process import exit_signal as rule
from letitcrash.text import number_of

PEOPLE = ["Ann", "Bob", "Cleo", "Dan", "Eve", "Fay", "Gus", "Hal"]
CRASHES = ["eggs", "milk", "badmatch", "function_clause", "out of labels", "smudge"]


def people(random, count):
    """Different people, `count` of them."""
    return random.sample(PEOPLE, count)


# Exercise 1: what a signal does --------------------------------------------------------------------------------------

exit_signal = Exercise(
    "exit_signal", defines=["exit_signal"], parts={"exit_signal": "letitcrash.process:exit_signal"}, minutes=9, lines=7
)


@exit_signal.cases
def signals(random):
    def signal(kind, reason, trapping=False, linked=False, to_itself=False):
        return {"kind": kind, "reason": reason, "trapping": trapping, "linked": linked, "to_itself": to_itself}

    first, second = random.sample(CRASHES, 2)
    yield signal("normal from another", "normal")
    yield signal("normal over a link", "normal", linked=True)
    yield signal("normal to itself", "normal", to_itself=True)
    yield signal("normal, trapping", "normal", trapping=True, linked=random.random() < 0.5)
    yield signal("normal to itself, trapping", "normal", trapping=True, to_itself=True)
    yield signal("crash", first, linked=True)
    yield signal("crash", second)
    yield signal("crash", ["shutdown", first], linked=True)  # a reason is any value: OTP's {shutdown, Why} is a pair
    yield signal("crash, trapping", second, trapping=True, linked=True)
    yield signal("crash, trapping", first, trapping=True)
    yield signal("order to kill", "kill")
    yield signal("order to kill, trapping", "kill", trapping=True)
    yield signal("report of kill", "kill", linked=True)
    yield signal("report of kill, trapping", "kill", trapping=True, linked=True)
    yield signal("report of killed", "killed", linked=True)


@exit_signal.driver
def receive_a_signal(student, case):
    how = {word: True for word in ("linked", "to_itself") if case[word]}
    reason = case["reason"] if isinstance(case["reason"], str) else tuple(case["reason"])
    return list(student.exit_signal(reason, trapping=case["trapping"], **how))


def signal_in_words(case):
    """The signal as the story tells it."""
    came = "over a link" if case["linked"] else "from himself" if case["to_itself"] else "sent by somebody"
    traps = "traps" if case["trapping"] else "does not trap"
    reason = case["reason"] if isinstance(case["reason"], str) else f"({', '.join(case['reason'])})"
    return f"a signal with reason {reason}, {came}, reaches Bob, who {traps}"


def wrong_outcome(case, evidence):
    """The fault in the outcome for Bob, or None."""
    right = list(rule(case["reason"], trapping=case["trapping"], linked=case["linked"], to_itself=case["to_itself"]))
    if not isinstance(evidence, list) or evidence[:1] != right[:1]:
        return f"{signal_in_words(case)}: {right[0]} is what comes of it, yours is {shown(evidence)}"


@exit_signal.criterion(on=["normal from another", "normal over a link", "normal to itself"])
def normal_ends_nobody_else(case, evidence):
    """A normal that comes from another process ends nobody; one that a process sends itself ends it."""
    return wrong_outcome(case, evidence)


@exit_signal.criterion(on=["crash", "crash, trapping"], points=2)
def who_traps_lives_and_who_does_not_exits(case, evidence):
    """A crash ends a process that does not trap, and is a message to one that does."""
    return wrong_outcome(case, evidence)


@exit_signal.criterion(on=["normal, trapping", "normal to itself, trapping", "normal from another"])
def a_trapper_is_told_of_everything(case, evidence):
    """A process that traps is told of normal too."""
    return wrong_outcome(case, evidence)


@exit_signal.criterion(on=["order to kill", "order to kill, trapping", "crash, trapping"], points=2)
def nobody_traps_an_order_to_kill(case, evidence):
    """An order to kill ends everybody, trapping or not."""
    return wrong_outcome(case, evidence)


@exit_signal.criterion(on=["report of kill", "report of kill, trapping", "report of killed"])
def a_report_of_kill_is_no_order(case, evidence):
    """A kill that comes over a link is a reason like any other."""
    return wrong_outcome(case, evidence)


@exit_signal.criterion(on=["order to kill", "crash", "report of kill"])
def the_reason_is_the_right_one(case, evidence):
    """A process that was ordered dead exits with killed; every other reason stays what it was."""
    right = rule(case["reason"], trapping=case["trapping"], linked=case["linked"], to_itself=case["to_itself"])
    if not isinstance(evidence, list) or evidence[1:] != [right[1]]:
        return f"{signal_in_words(case)}: the reason to pass on is {right[1]}, yours is {shown(evidence)}"


@exit_signal.scenario
def the_signal(case, evidence):
    return [("what reaches Bob", "what becomes of him, in yours"), (signal_in_words(case), shown(evidence))]


@exit_signal.search(rounds=60, words=lambda each: in_words_of_the_signal(each))
def any_signals(random, size):
    """Steps [reason, how the signal came, whether Bob traps]; a reason is any value."""

    def reason():
        word = random.choice(["kill", "normal"])
        reads_like_one = random.choice([{"$error": ["ValueError", word]}, {"$tuple": [word, 1]}, {"$tuple": [word]}])
        return random.choice(["normal", "kill", "killed", "shutdown", reads_like_one, any_value(random, none=True)])

    ways = [{}, {"linked": True}, {"to_itself": True}, {"linked": False, "to_itself": False}]
    return {"steps": [[reason(), random.choice(ways), random.random() < 0.5] for _ in range(size)]}


@exit_signal.player
def receive_many(student, case):
    """Yield the outcome and its reason, and tell the signal's own reason as such."""
    for reason, way, trapping in case["steps"]:
        outcome, word = student.exit_signal(reason, trapping=trapping, **way)
        yield [outcome, "its own reason" if word is reason else word]


def in_words_of_the_signal(each):
    """A step, or a result, in words."""
    if not isinstance(each, list) or len(each) != 3 or not isinstance(each[1], dict):
        return shown(each)
    reason, way, trapping = each
    case = {"reason": shown(reason), "trapping": trapping, **{key: way.get(key) for key in ("linked", "to_itself")}}
    return signal_in_words(case)


# Exercise 2: links ---------------------------------------------------------------------------------------------------

links = Exercise(
    "links",
    defines=["Links"],
    parts={"Links": "letitcrash.process.ties:Links"},
    needs=["exit_signal"],
    minutes=14,
    lines=16,
)


@links.cases
def falls(random):
    def case(kind, steps, first, reason, trapping=()):
        return {"kind": kind, "steps": steps, "first": first, "reason": reason, "trapping": list(trapping)}

    crash = random.choice(CRASHES)
    a, b, c, d, e, f = people(random, 6)
    pair = [["link", a, b]]
    chain = [["link", a, b], ["link", b, c], ["link", c, d]]
    yield case("a pair", pair, a, crash)
    yield case("a pair", pair, b, crash)
    yield case("a chain", chain, b, crash)
    yield case("a ring", [*chain, ["link", d, a], ["link", e, f]], c, crash)
    yield case("alone", [["link", a, b]], c, crash)
    yield case("goes home", chain, b, "normal")
    yield case("a fire door", [*chain, ["link", d, e]], e, crash, [c])
    yield case("told twice", [["link", a, b], ["link", a, c], ["link", b, c]], b, crash, [a])
    yield case("goes home, trapping", pair, a, "normal", [b])
    yield case("kills himself", chain, a, "kill", [c])
    yield case("linked twice", [*pair, *pair, ["unlink", *random.choice([(a, b), (b, a)])], ["link", b, c]], b, crash)
    yield case("unlinked", [*chain, ["unlink", *random.choice([(b, c), (c, b)])]], b, crash)
    yield case("unlinked", [["unlink", a, b], ["link", c, d]], c, crash)
    yield case("to himself", [["link", a, a], *pair], a, crash)
    yield case("gone", [*pair, ["fall", b, crash], ["link", b, c]], a, crash)
    yield case("gone", [*pair, ["fall", b, "normal"], ["link", b, c]], a, crash)


@links.driver
def fall(student, case):
    tied = student.Links()
    for step, *who in case["steps"]:
        if step == "fall":
            tied.fall(*who, set())
        else:
            getattr(tied, step)(*who)
    fallen, told = tied.fall(case["first"], case["reason"], set(case["trapping"]))
    if not hasattr(fallen, "items"):
        raise TypeError(f"fallen should be a dict, and is a {type(fallen).__name__}")
    return {"fallen": sorted(map(list, fallen.items())), "told": sorted(list(entry) for entry in told)}


def true_fall(case):
    """The fallen and the told, worked out from the pairs."""
    pairs = []
    for step, *who in case["steps"]:
        if step == "link" and who[0] != who[1] and set(who) not in pairs:
            pairs.append(set(who))
        if step == "unlink":
            pairs = [pair for pair in pairs if pair != set(who)]
        if step == "fall":
            pairs = [pair for pair in pairs if not pair & {who[0]}]  # his neighbours' other links are not in our cases
    fallen, told, todo = {}, [], [(case["first"], case["reason"])]
    for one, why in todo:
        if one in fallen:
            continue
        fallen[one] = why
        for pair in pairs:
            if one in pair:
                (other,) = pair - {one}
                outcome, word = rule(why, trapping=other in case["trapping"], linked=True)
                if other not in fallen and outcome == "message":
                    told.append([other, one, word])
                if outcome == "exits":
                    todo.append((other, word))
    return fallen, sorted(told)


def ties_in_words(case):
    """The case in a sentence."""
    said = ", ".join(f"{step} {who[0]}-{who[1]}" for step, *who in case["steps"])
    trapping = f"; {', '.join(case['trapping'])} traps" if case["trapping"] else ""
    return f"{said}{trapping}; {case['first']} exits with {case['reason']}"


def wrong_fall(case, evidence):
    """The fault in the list of the fallen, or None."""
    fallen = true_fall(case)[0]
    if sorted(who for who, _ in evidence["fallen"]) != sorted(fallen):
        right, yours = shown(sorted(fallen)), shown(sorted(who for who, _ in evidence["fallen"]))
        return f"{ties_in_words(case)}: {right} should be gone, in yours {yours} are"


@links.criterion(on=["a pair", "a chain", "a ring", "alone"], points=2)
def the_linked_fall_together(case, evidence):
    """Processes that are linked, directly or through others, fall with one that crashes; no other does."""
    return wrong_fall(case, evidence)


@links.criterion(on=["goes home", "a chain"])
def who_goes_home_takes_nobody_along(case, evidence):
    """Normal goes over a link and ends no process."""
    return wrong_fall(case, evidence)


@links.criterion(on=["a fire door", "a chain"])
def a_trapper_is_a_fire_door(case, evidence):
    """A process that traps lives, and so do all that are linked only behind it."""
    return wrong_fall(case, evidence)


@links.criterion(on=["a fire door", "told twice", "goes home, trapping", "a pair"], points=2)
def a_trapper_is_told_by_each(case, evidence):
    """A process that traps is told by each linked process that exits, with the reason; no other is told."""
    told = true_fall(case)[1]
    if evidence["told"] != told:
        yours = shown(evidence["told"])
        return f"{ties_in_words(case)}: told, (who, from whom, reason), should be {shown(told)}; yours is {yours}"


@links.criterion(on=["linked twice", "unlinked", "to himself", "a chain"])
def there_is_one_link_or_none(case, evidence):
    """Two links between the same two are one, either side can undo it, and no process is linked to itself."""
    return wrong_fall(case, evidence)


@links.criterion(on=["kills himself", "a chain", "alone"])
def each_has_the_right_reason(case, evidence):
    """Each process that falls exits with the reason that came over the link."""
    fallen = true_fall(case)[0]
    if dict(evidence["fallen"]) != fallen:
        return (
            f"{ties_in_words(case)}: the reasons should be {shown(fallen)}; yours are {shown(dict(evidence['fallen']))}"
        )


@links.criterion(on=["gone", "a chain"])
def the_dead_hold_no_links(case, evidence):
    """A process that has fallen has no links any more."""
    return wrong_fall(case, evidence)


@links.scenario
def who_fell(case, evidence):
    rows = [("step", "who"), *[(step, " and ".join(who)) for step, *who in case["steps"]]]
    rows += [("exits", f"{case['first']}, {case['reason']}"), ("trapping", shown(case["trapping"]))]
    return [*rows, ("your fallen", shown(evidence["fallen"])), ("your told", shown(evidence["told"]))]


PIDS = ("0", "Ann", "('till', 2)", "3")  # in words


@links.search(rounds=80, words=lambda each: in_words_of_the_links(each))
def two_webs(random, size):
    """Steps [web, "link" or "unlink", one, other] and [web, "fall", one, reason, the trapping], by number."""

    def step():
        if random.random() < 0.25:
            reason = random.choice(["normal", "kill", any_value(random)])
            return ["fall", random.randrange(4), reason, [pid for pid in range(4) if random.random() < 0.4]]
        return [random.choice(["link", "link", "link", "unlink"]), random.randrange(4), random.randrange(4)]

    webs = [0, 0, 0, 1]
    return {"steps": [[random.choice(webs), *step()] for _ in range(2 * size)]}


@links.player
def fall_in_two_webs(student, case):
    pids = (0, "Ann", ("till", 2), 3)  # any values that can be keys: they need not stand in an order
    webs = [student.Links(), student.Links()]
    for web, step, *rest in case["steps"]:
        if step == "fall":
            first, reason, trapping = rest
            fallen, told = webs[web].fall(pids[first], reason, {pids[pid] for pid in trapping if pid != first})
            if not hasattr(fallen, "items"):
                raise TypeError(f"fallen should be a dict, and is a {type(fallen).__name__}")
            same = lambda word, reason=reason: "that reason" if word is reason else word
            yield {
                "fallen": sorted(([str(who), same(why)] for who, why in fallen.items()), key=lambda each: each[0]),
                "told": sorted(([str(who), str(by), same(why)] for who, by, why in told), key=lambda each: each[:2]),
            }
        else:
            getattr(webs[web], step)(*(pids[pid] for pid in rest))
            yield "done"


def in_words_of_the_links(each):
    """A step, or a result, in words."""
    if isinstance(each, dict) and isinstance(each.get("fallen"), list):
        return f"fallen {shown(each['fallen'])}, told {shown(each.get('told'))}"
    if not isinstance(each, list) or len(each) < 4:
        return shown(each)
    web, step, one, other, *trapping = each
    if step != "fall":
        return f"web {web}: {step} {PIDS[one]} and {PIDS[other]}"
    traps = f", {', '.join(PIDS[pid] for pid in trapping[0])} traps" if trapping and trapping[0] else ""
    return f"web {web}: {PIDS[one]} exits with {shown(other)}{traps}"


# Exercise 3: monitors ------------------------------------------------------------------------------------------------

monitors = Exercise(
    "monitors", defines=["Monitors"], parts={"Monitors": "letitcrash.process.ties:Monitors"}, minutes=11, lines=12
)


@monitors.cases
def watches(random):
    a, b, c, d = people(random, 4)
    crash = random.choice(CRASHES)
    exits = ["exits", b, crash]
    watch = ["monitor", a, b]

    def case(kind, *steps, dead=()):
        return {"kind": kind, "steps": list(steps), "dead": list(dead)}

    yield case("one", watch, exits)
    yield case("one", watch, ["exits", b, "normal"])
    yield case("nobody dies", watch, ["exits", c, crash])
    yield case("twice", watch, watch, exits)
    yield case("two watchers", watch, ["monitor", c, b], ["monitor", d, a], exits)
    yield case("dead", watch, dead=[b])
    yield case("dead later", watch, exits, watch)
    yield case("demonitor", watch, watch, ["demonitor", random.randint(0, 1)], exits)
    yield case("demonitor", watch, ["demonitor", 0], exits)
    yield case("demonitor again", watch, exits, ["demonitor", 0], ["demonitor", 0])
    yield case("watcher dies", watch, ["monitor", c, b], ["exits", a, crash], exits)
    yield case("watcher dies", watch, ["monitor", c, b], ["exits", a, crash], ["new", a], exits)
    yield case("each watches the other", watch, ["monitor", b, a], exits)


@monitors.driver
def watch_them(student, case):
    sent, refs, dead = [], [], list(case["dead"])
    watch = student.Monitors(lambda pid: pid not in dead, lambda pid, message: sent.append((pid, message)))
    for step, *rest in case["steps"]:
        if step == "monitor":
            refs.append(watch.monitor(*rest))
        elif step == "demonitor":
            watch.demonitor(refs[rest[0]])
        elif step == "new":
            dead.remove(rest[0])
        else:
            dead.append(rest[0])
            watch.exited(*rest)
    found = []
    for pid, (word, ref, target, reason) in sent:
        numbers = [number for number, each in enumerate(refs) if each == ref]
        found.append([pid, word, numbers[0] if len(numbers) == 1 else None, target, reason])
    found.sort(key=lambda down: [str(part) for part in (down[0], *down[3:], down[2])])
    return {"sent": found, "different refs": len(refs) == len(set(map(str, refs)))}


def true_downs(case):
    """Each Down that must be sent: [watcher, "DOWN", which monitor, target, reason]."""
    dead, active, downs, number = list(case["dead"]), {}, [], 0
    for step, *rest in case["steps"]:
        if step == "monitor":
            watcher, target = rest
            if target in dead:
                downs.append([watcher, "DOWN", number, target, "noproc"])
            else:
                active[number] = (watcher, target)
            number += 1
        elif step == "demonitor":
            active.pop(rest[0], None)
        elif step == "new":
            dead.remove(rest[0])
        else:
            dead.append(rest[0])
            downs += [
                [watcher, "DOWN", each, target, rest[1]]
                for each, (watcher, target) in active.items()
                if target == rest[0] and watcher not in dead
            ]
            active = {each: pair for each, pair in active.items() if rest[0] not in pair}
    return sorted(downs, key=lambda down: [str(part) for part in (down[0], *down[3:], down[2])])


def watches_in_words(case):
    """The case in a sentence."""
    words = {"monitor": "{0} monitors {1}", "demonitor": "monitor number {0} is taken back", "exits": "{0} exits ({1})"}
    words["new"] = "a new process is called {0}"
    said = [words[step].format(*rest) for step, *rest in case["steps"]]
    return "; ".join([f"{pid} is dead" for pid in case["dead"]] + said)


def wrong_downs(case, evidence):
    """The fault in the messages, or None. A message is told as (to, about, reason)."""
    brief = lambda downs: [[to, about, reason] for to, _, _, about, reason in downs]
    right = true_downs(case)
    if brief(evidence["sent"]) != brief(right) or any(down[1] != "DOWN" for down in evidence["sent"]):
        expected, yours = shown(brief(right)), shown(brief(evidence["sent"]))
        return f"{watches_in_words(case)}: sent (to, about, reason) should be {expected}, yours is {yours}"


@monitors.criterion(on=["one", "nobody dies", "two watchers"], points=2)
def who_watches_is_told(case, evidence):
    """Each watcher is told which process exited, and why, normal included; and of no other process."""
    return wrong_downs(case, evidence)


@monitors.criterion(on=["twice", "two watchers", "nobody dies"])
def each_monitor_has_a_reference_of_its_own(case, evidence):
    """Two monitors send two messages, each with the reference of its own monitor."""
    if evidence["sent"] != true_downs(case) or not evidence["different refs"]:
        return (
            f"{watches_in_words(case)}: each message carries the reference that its own monitor returned; yours do not"
        )


@monitors.criterion(on=["dead", "dead later", "nobody dies"], points=2)
def the_dead_are_down_at_once(case, evidence):
    """A watcher of a dead process is told at once, with noproc."""
    return wrong_downs(case, evidence)


@monitors.criterion(on=["demonitor", "demonitor again", "one"])
def what_is_taken_back_is_not_told(case, evidence):
    """A monitor that was taken back sends nothing, and another one still does; taking it back twice does no harm."""
    return wrong_downs(case, evidence)


@monitors.criterion(on=["watcher dies", "each watches the other", "one"])
def nobody_writes_to_the_dead(case, evidence):
    """A process that has exited is told nothing, nor is a new one that got its pid."""
    return wrong_downs(case, evidence)


@monitors.scenario
def who_was_told(case, evidence):
    rows = [("step", "who"), *[(step, " ".join(map(str, rest))) for step, *rest in case["steps"]]]
    return [*rows, *[("your message", shown(down)) for down in evidence["sent"]]]


@monitors.search(rounds=80, words=lambda each: in_words_of_the_monitors(each))
def two_desks(random, size):
    """Steps [desk, "monitor", watcher, target], [desk, "demonitor", which], [desk, "exits", pid, reason], and more.

    More is [desk, "is dead", pid], which comes before its exit is told, and [desk, "is back", pid].
    """

    def step():
        draw = random.random()
        if draw < 0.2:
            return ["demonitor", random.randrange(max(1, size // 2))]
        if draw < 0.4:
            return ["exits", random.choice([0, 0, 0, 1, 1, 2]), random.choice(["normal", any_value(random, none=True)])]
        if draw < 0.6:
            return [random.choice(["is dead", "is back"]), random.choice([0, 0, 1])]
        return ["monitor", random.randrange(3), random.randrange(2)]

    return {"steps": [[random.choice([0, 0, 0, 1]), *step()] for _ in range(2 * size)]}


@monitors.player
def watch_at_two_desks(student, case):
    """Yield the messages after each step, by the number of their monitor; the dead do not ask, and exit once.

    In the end those whose exit was told are back, as new processes that watch nobody, and each target exits once more.
    A message to a process that is dead, and whose exit is not told yet, is not seen: it may be sent or not.
    """
    sent, refs, dead, told = [], ([], []), (set(), set()), (set(), set())

    def send_from(desk):
        def send(pid, message):
            if pid not in dead[desk] or pid in told[desk]:
                sent.append((desk, pid, message))

        return send

    desks = [student.Monitors(lambda pid, desk=desk: pid not in dead[desk], send_from(desk)) for desk in (0, 1)]

    def act(desk, step, *rest):
        reason = None
        if step == "monitor" and rest[0] not in dead[desk]:
            refs[desk].append(desks[desk].monitor(*rest))
        elif step == "demonitor" and rest[0] < len(refs[desk]):
            desks[desk].demonitor(refs[desk][rest[0]])
        elif step == "exits" and rest[0] not in told[desk]:
            reason = rest[1]
            dead[desk].add(rest[0])
            told[desk].add(rest[0])
            desks[desk].exited(*rest)
        elif step == "is dead":
            dead[desk].add(rest[0])
        elif step == "is back" and rest[0] in told[desk]:
            dead[desk].discard(rest[0])
            told[desk].discard(rest[0])
        found = []
        for where, pid, message in sent:
            if not isinstance(message, tuple):
                found.append([where, pid, "a message that is not a tuple", message])
                continue
            word, ref, target, why = message
            numbers = [number for number, each in enumerate(refs[where]) if each == ref]
            number = numbers[0] if len(numbers) == 1 else "a reference of two"
            said = "that reason" if step == "exits" and why is reason else why
            found.append([where, pid, word, number, target, said])
        sent.clear()
        return sorted(found, key=lambda down: [str(part) for part in down])

    for each in case["steps"]:
        yield act(*each)
    for desk in (0, 1):
        for pid in (0, 1, 2):
            act(desk, "is back", pid)
        yield act(desk, "exits", 0, "once more") + act(desk, "exits", 1, "once more")


def in_words_of_the_monitors(each):
    """A step, or a result, in words."""
    if each == []:
        return "no message"
    if isinstance(each, list) and isinstance(each[0], list):
        return "; ".join(message_in_words(*down) for down in each)
    if not isinstance(each, list):
        return shown(each)
    desk, step, *rest = each
    words = {"monitor": "{} monitors {}", "demonitor": "monitor number {} is taken back", "exits": "{} exits with {}"}
    words |= {"is dead": "{} is dead, and exited has not been called yet", "is back": "{} is there again"}
    return f"desk {desk}: {words[step].format(*map(shown, rest))}" if step in words else shown(each)


def message_in_words(desk, pid, word, *rest):
    """A message that was seen: to whom, of which monitor, about whom, and why."""
    if len(rest) != 3:
        return f"{pid} gets {word}: {', '.join(map(shown, rest))}"
    number, target, why = rest
    of = f"monitor number {number}" if isinstance(number, int) else number
    return f"{pid} gets {word} of {of}: {target} exited with {shown(why)}"


# Exercise 4: names ---------------------------------------------------------------------------------------------------

names = Exercise("names", defines=["Names"], parts={"Names": "letitcrash.process.ties:Names"}, minutes=8, lines=10)


@names.cases
def books(random):
    a, b, c = people(random, 3)
    one, other = random.sample(["till", "freezer", "bakery", "office"], 2)

    def case(kind, *steps, dead=()):
        return {"kind": kind, "steps": list(steps), "dead": list(dead)}

    yield case("known", ["register", one, a], ["whereis", one])
    yield case("known", ["register", one, a], ["register", other, b], ["whereis", one], ["whereis", other])
    yield case("unknown", ["register", one, a], ["whereis", other])
    yield case("taken", ["register", one, a], ["register", one, b], ["whereis", one])
    yield case("taken", ["register", one, a], ["register", one, a], ["whereis", one])
    yield case("two names", ["register", one, a], ["register", other, a], ["whereis", other], ["whereis", one])
    yield case("dead", ["register", one, b], ["whereis", one], dead=[b])
    yield case("given back", ["register", one, a], ["unregister", one], ["whereis", one], ["register", one, b],
               ["whereis", one], ["register", other, a], ["whereis", other])  # fmt: skip
    yield case("nobody's", ["register", one, a], ["unregister", other], ["whereis", one])
    yield case("exits", ["register", one, a], ["register", other, c], ["exits", a], ["whereis", one],
               ["whereis", other], ["register", one, b], ["whereis", one])  # fmt: skip
    yield case("nameless exits", ["register", one, a], ["exits", c], ["whereis", one])


@names.driver
def keep_the_book(student, case):
    dead, answers = list(case["dead"]), []
    book = student.Names(lambda pid: pid not in dead)
    for step, *rest in case["steps"]:
        try:
            if step == "exits":
                dead.append(rest[0])
                answers.append(book.exited(rest[0]))
            else:
                answers.append(getattr(book, step)(*rest))
        except ValueError:
            answers.append("ValueError")
    return answers


def true_answers(case):
    """The answer to each step: None, a pid, or "ValueError"."""
    dead, book, answers = list(case["dead"]), {}, []
    for step, *rest in case["steps"]:
        answer = None
        if step == "register":
            name, pid = rest
            if name in book or pid in book.values() or pid in dead:
                answer = "ValueError"
            else:
                book[name] = pid
        elif step == "unregister":
            answer = None if book.pop(rest[0], None) else "ValueError"
        elif step == "whereis":
            answer = book.get(rest[0])
        else:
            dead.append(rest[0])
            book = {name: pid for name, pid in book.items() if pid != rest[0]}
        answers.append(answer)
    return answers


def wrong_book(case, evidence):
    """The first step that went wrong, in words, or None."""
    said = []
    for (step, *rest), right, got in zip(case["steps"], true_answers(case), evidence, strict=True):
        said.append(f"{step} {' '.join(rest)}")
        looked = step == "whereis"
        if (got if looked else got == "ValueError") != (right if looked else right == "ValueError"):
            after = "; ".join(said)
            if looked:
                return f"{after}: the book says {shown(got)}, it should say {shown(right)}"
            return f"{after}: this {'should be refused (a ValueError)' if right else 'should be fine, and was refused'}"


@names.criterion(on=["known", "unknown"])
def a_name_finds_its_process(case, evidence):
    """A name leads to the process that registered it, an unknown one to None."""
    return wrong_book(case, evidence)


@names.criterion(on=["taken", "known"])
def a_name_has_one_owner(case, evidence):
    """A name that is taken is refused, and its owner keeps it."""
    return wrong_book(case, evidence)


@names.criterion(on=["two names", "known"])
def a_process_has_one_name(case, evidence):
    """A process that has a name gets no second one."""
    return wrong_book(case, evidence)


@names.criterion(on=["dead", "known"])
def the_dead_get_no_name(case, evidence):
    """Only a live process can be registered."""
    return wrong_book(case, evidence)


@names.criterion(on=["given back", "nobody's", "known"])
def a_name_can_be_given_back(case, evidence):
    """A name that was unregistered is free for any process; a name that nobody has cannot be unregistered."""
    return wrong_book(case, evidence)


@names.criterion(on=["exits", "nameless exits", "known"], points=2)
def the_name_of_the_dead_is_free(case, evidence):
    """A process that exits sets its own name free, and no other."""
    return wrong_book(case, evidence)


@names.scenario
def the_book(case, evidence):
    return [
        ("step", "yours"),
        *[(" ".join(step), shown(got)) for step, got in zip_longest(case["steps"], evidence, fillvalue=str(evidence))],
    ]


@names.search(words=lambda each: shown(each) if not isinstance(each, list) else " ".join(map(shown, each)))
def two_books(random, size):
    """Steps [book, "register", name, pid], [book, "unregister" or "whereis", name] and [book, "exits", pid]."""
    names = ["till", "freezer", "", "office"]

    def step():
        move = random.choice(["register", "register", "register", "unregister", "whereis", "whereis", "exits"])
        if move == "register":
            return [move, random.choice(names), random.randrange(4)]
        return [move, random.randrange(4) if move == "exits" else random.choice(names)]

    return {"steps": [[random.randrange(2), *step()] for _ in range(size)]}


@names.player
def keep_two_books(student, case):
    """Yield the answers of whereis and the refusals; at the end, the answers of both books to each name."""
    dead = (set(), set())
    books = [student.Names(lambda pid, book=book: pid not in dead[book]) for book in (0, 1)]
    for book, move, *rest in case["steps"]:
        try:
            if move == "exits":
                if rest[0] not in dead[book]:
                    dead[book].add(rest[0])
                    books[book].exited(*rest)
                yield "done"
            else:
                found = getattr(books[book], move)(*rest)
                yield ["found", found] if move == "whereis" else "done"
        except ValueError:
            yield "ValueError"
    for book in books:
        yield [book.whereis(name) for name in ("till", "freezer", "", "office")]


# Exercise 5: the ticket ----------------------------------------------------------------------------------------------

stand_in = Exercise(
    "stand_in", defines=["stand_in"], parts={"stand_in": "letitcrash.process.ties:stand_in"}, minutes=10, lines=6
)

HOUR = 600  # seconds that a case lasts


@stand_in.cases
def tuesdays(random):
    def seconds(count):
        return sorted(random.sample(range(20, 500), count))

    def case(kind, plan, **more):
        name = random.choice(["freezer clerk", "butcher", "baker"])
        rest = {"there": False, "manager_falls": None, "other_down": None, **more}
        return {"kind": kind, "name": name, "plan": plan, **rest}

    yield case("a crash", [[at, "crash"] for at in seconds(1)])
    yield case("crashes", [[at, random.choice(["crash", "kill"])] for at in seconds(4)])
    yield case("killed", [[at, "kill"] for at in seconds(2)])
    yield case("quiet", [])
    yield case("goes home", [[at, "go home"] for at in seconds(1)])
    early, late = seconds(2)
    yield case("crash, then home", [[early, "crash"], [late, "go home"]])
    yield case("there already", [[at, "crash"] for at in seconds(2)], there=True)
    yield case("there already", [[at, "go home"] for at in seconds(1)], there=True)
    early, late = seconds(2)
    yield case("another's Down", [[late, "crash"]], other_down=early)
    yield case("manager falls", [], manager_falls=random.randint(20, 500))


@stand_in.driver
def a_tuesday(student, case):
    from letitcrash import World
    from letitcrash.process import Down, Exit, any_of
    from letitcrash.process import events as ev

    world, name, seen = World(), case["name"], []

    async def porter(me):
        me.send(manager, Down(ref=me.make_ref(), pid=me.pid, reason="normal"))

    async def clerk(me):
        while True:
            word = await me.receive(any_of("crash", "go home"))
            raise Exit("normal" if word == "go home" else ("smudged label", me.now))

    def hit(how):
        pid = world.whereis(name)
        if pid is None:
            return
        if how == "kill":
            world.exit(pid, "kill")
        else:
            world.send(pid, how)

    def look():
        seen.append(world.whereis(name) is not None)

    if case["there"]:
        world.spawn(clerk, name=name)
    manager = world.spawn(student.stand_in, name, clerk)
    for at, how in case["plan"]:
        world.at(at, hit, how)
    if case["manager_falls"]:
        world.at(case["manager_falls"], lambda: world.is_alive(manager) and world.exit(manager, "kill"))
    if case["other_down"]:
        world.at(case["other_down"], world.spawn, porter)
    for second in range(600):
        world.at(second + 0.5, look)
    world.run(until=600)
    for event in world.trace.of(ev.Exited):
        if event.pid is manager and isinstance(event.reason, BaseException):
            raise event.reason
    wakes = [event for event in world.trace.of(ev.Received, ev.TimedOut, ev.Slept) if event.pid is manager]
    clerks = [event.pid for event in world.trace.of(ev.Spawned) if event.body == "clerk"]
    return {
        "missing": [second for second in range(600) if not seen[second]][:1],
        "seconds_missing": seen.count(False),
        "wakes": len(wakes),
        "clerks": len(clerks),
        "gone": [event.at for event in world.trace.of(ev.Exited) if event.pid in clerks],
        "alive": sum(world.is_alive(pid) for pid in clerks),
    }


def home_at(case):
    """The second at which the clerk goes home, or the end."""
    return next((at for at, how in case["plan"] if how == "go home"), HOUR)


def wrong_counter(case, evidence):
    """The time when the counter was empty and should not have been, in words; or None."""
    away = HOUR - home_at(case)
    told = ", ".join(f"{how.replace('go', 'goes')} at {at} s" for at, how in case["plan"]) or "nobody falls"
    if case["other_down"]:
        told = f"somebody else's Down (normal) reaches the manager at {case['other_down']} s, {told}"
    if not evidence["seconds_missing"] <= away:
        return f"{told}: from second {evidence['missing'][0]} on {evidence['seconds_missing']} seconds without a clerk"
    needed = 1 + sum(how != "go home" for _, how in case["plan"])
    if evidence["clerks"] != needed:
        there = "a clerk is there already, " if case["there"] else ""
        return f"{there}{told}: clerks needed that day: {needed}; clerks hired: {evidence['clerks']}"
    falls = [at for at, _ in case["plan"]]
    if evidence["gone"] != falls:
        return f"clerks fall or go home at {shown(falls)} s; yours were gone at {shown(evidence['gone'])} s"


@stand_in.criterion(on=["a crash", "crashes", "killed", "quiet", "another's Down"], points=3)
def the_clerk_is_never_missed(case, evidence):
    """Target: there is no second without a clerk, for any reason of their death, and no more clerks than needed.

    The Down of another monitor is no news of the clerk.
    """
    return wrong_counter(case, evidence)


@stand_in.criterion(on=["goes home", "crash, then home", "a crash"])
def who_goes_home_is_not_replaced(case, evidence):
    """A clerk who is done goes home and is not replaced; one who crashed is replaced."""
    if evidence["alive"] and home_at(case) < HOUR:
        return f"the clerk went home at {home_at(case)} s, and at the end there is a clerk all the same"
    return wrong_counter(case, evidence)


@stand_in.criterion(on=["there already", "a crash"])
def whoever_has_the_name_is_watched(case, evidence):
    """A clerk who is there already is watched like one's own."""
    return wrong_counter(case, evidence)


@stand_in.criterion(on=["manager falls", "a crash"])
def the_clerk_works_on_without_a_manager(case, evidence):
    """The clerk works on when the manager falls."""
    return wrong_counter(case, evidence)


@stand_in.criterion(on=["quiet", "crashes", "a crash"], points=2)
def the_manager_sleeps_in_between(case, evidence):
    """Budget: the manager wakes up once for each clerk who falls, and not to look."""
    if not evidence["wakes"] <= len(case["plan"]):
        fell = len(case["plan"]) or "no"
        return f"{fell} clerk{'s' * (fell != 1)} fell, and the manager woke up {number_of(evidence['wakes'], 'time')}"
    return wrong_counter(case, evidence)


@stand_in.scenario
def the_day(case, evidence):
    rows = [("second", "what"), *[(at, how) for at, how in case["plan"]]]
    if case["manager_falls"]:
        rows.append((case["manager_falls"], "the manager falls"))
    if case["other_down"]:
        rows.append((case["other_down"], "the manager gets somebody else's Down, with reason normal"))
    rows.append((HOUR, "the end"))
    return [*rows, *[(f"your {key.replace('_', ' ')}", shown(value)) for key, value in evidence.items()]]


@stand_in.search(rounds=30, words=lambda each: in_words_of_the_counters(each))
def two_counters(random, size):
    """Steps [at, counter, "exits", reason], [at, counter, "kill" or "manager falls"], [at, counter, "says", word].

    A step [at, counter, "passes on", reason] sends the manager the Down of another's monitor.
    """

    def step(at):
        what = random.choice(["exits", "exits", "exits", "exits", "kill", "says", "passes on", "manager falls"])
        if what in ("kill", "manager falls"):
            return [at, random.randrange(2), what]
        reason = random.choice(["normal", "shutdown", {"$tuple": ["normal"]}, any_value(random, none=True), "smudge"])
        return [at, random.randrange(2), what, reason]

    return {"there": random.randrange(3), "steps": [step(at) for at in moments(random, size)]}


@stand_in.player
def two_managers(student, case):
    """Yield after each moment, for each counter, if there is a clerk and if the manager lives; then the hired.

    Last comes the number of other people's messages that the managers took out of their mailboxes.
    """
    from letitcrash import World
    from letitcrash.process import Down, Exit
    from letitcrash.process import events as ev

    world, names, seen, others = World(), ("butcher", "baker"), [], []

    async def porter(me, counter, reason):
        others.append(me.make_ref())
        me.send(managers[counter], Down(ref=others[-1], pid=me.pid, reason=reason))

    async def clerk(me):
        raise Exit((await me.receive()).reason)

    class Order:
        def __init__(self, reason):
            self.reason = reason

    def hit(counter, what, reason=None):
        if what == "says":
            world.send(managers[counter], reason)
        elif what == "passes on":
            world.spawn(porter, counter, reason)
        elif what == "manager falls":
            world.exit(managers[counter], "kill")
        elif (pid := world.whereis(names[counter])) is not None:
            world.exit(pid, "kill") if what == "kill" else world.send(pid, Order(reason))

    def look():
        seen.append(
            [[world.whereis(name) is not None, world.is_alive(pid)] for name, pid in zip(names, managers, strict=True)]
        )

    if case["there"] < 2:
        world.spawn(clerk, name=names[case["there"]])
    managers = [world.spawn(student.stand_in, name, clerk) for name in names]
    world.run(until=1 / 16)
    for at, counter, what, *reason in case["steps"]:
        world.at(at, hit, counter, what, *reason)
        world.at(at + 1 / 16, look)
    world.run(until=600)
    yield from seen
    yield sum(event.body == "clerk" for event in world.trace.of(ev.Spawned))
    taken = [event.message for event in world.trace.of(ev.Received) if event.pid in managers]
    yield {"taken": sum(not isinstance(message, Down) or message.ref in others for message in taken)}


def in_words_of_the_counters(each):
    """A step, or a result, in words."""
    if isinstance(each, list) and len(each) == 2 and all(isinstance(one, list) and len(one) == 2 for one in each):
        return "; ".join(
            f"counter {at}: {'a' if clerk else 'no'} clerk, {'a' if manager else 'no'} manager"
            for at, (clerk, manager) in enumerate(each)
        )
    if not isinstance(each, list) or len(each) < 3:
        if isinstance(each, dict):
            return f"{number_of(each['taken'], 'message')} of other people taken by the managers"
        return f"{number_of(each, 'clerk')} hired" if isinstance(each, int) else shown(each)
    at, counter, what, *reason = each
    word = shown(reason[0]) if reason else ""
    said = {
        "kill": "the clerk is killed",
        "manager falls": "the manager is killed",
        "exits": f"the clerk exits with {word}",
        "passes on": f"somebody else's Down, with reason {word}, reaches the manager",
    }
    return f"{at:g} s, counter {counter}: {said.get(what, f'somebody writes {word} to the manager')}"


@stand_in.tells
def clerks_and_seconds(cases, evidence):
    """The figures that the ticket was judged by."""
    missing = sum(seen["seconds_missing"] for case, seen in zip(cases, evidence, strict=True) if home_at(case) == HOUR)
    fell = sum(len(case["plan"]) for case in cases)
    woke = sum(seen["wakes"] for seen in evidence)
    return f"{fell} clerks fell or went home; {missing} seconds without a clerk; the manager woke up {woke} times."
