"""The exam of lab 2: mailboxes, waiting, turns, and the customers who are hurt by somebody else's eggs.

Cases name goods and seconds at random, so that no answer can be written down beforehand. Each thing that happens has a
moment of its own; the order within one instant is asked where a time-out is 0, and by the search.
"""

from itertools import zip_longest
from math import inf

from letitcrash.classroom.exam import Exercise, any_value, close, moments, shown, versus
from letitcrash.process import events as ev
from letitcrash.text import number_of

GOODS = ["eggs", "milk", "bread", "ham", "jam", "tea", "salt", "beans", "figs", "rice", "plums", "leeks"]


def goods(random, count):
    """Different goods, `count` of them."""
    return random.sample(GOODS, count)


def pid(number, name):
    """A process as a trace in a file has it."""
    return f"<0.{number} {name}>"


def people(*names, at=0):
    """Each of these is there from second `at` on: their pids, by name, and the events that say so."""
    pids = {name: pid(number, name) for number, name in enumerate(names)}
    return pids, [ev.Spawned(at, each, None, name, None, False) for name, each in pids.items()]


# Exercise 1: the mailbox ---------------------------------------------------------------------------------------------

mailbox = Exercise(
    "mailbox", defines=["Mailbox"], parts={"Mailbox": "letitcrash.process.lab_reference:Mailbox"}, minutes=8, lines=5
)


@mailbox.cases
def deliveries(random):
    def case(kind, put, take):
        numbered = [[word, number] for number, word in enumerate(put, start=1)]
        return {"kind": kind, "put": numbered, "take": take}

    a, b, c, d, absent = goods(random, 5)
    yield case("in order", [a, b, c], [None, None, None, None])
    yield case("from the middle", [a, b, c, b], [b])
    yield case("from the middle", [c, a, c, b, a], [b, a])
    yield case("nothing fits", [a, b, c], [absent])
    yield case("empty", [], [None, d])
    zeros = random.sample([0, "", []], 3)
    yield {"kind": "zero", "put": zeros, "take": ["zero"] * 3}
    yield case("many", [a, b, c, b, a, d, c, b], [b, c, b, None, absent, None])


@mailbox.driver
def post(student, case):
    box = student.Mailbox()
    for message in case["put"]:
        box.put(tuple(message) if isinstance(message, list) and message else message)
    took = []
    for word in case["take"]:
        if word is None:
            took.append(box.take())
        elif word == "zero":
            took.append(box.take(lambda message: not message))
        else:
            took.append(box.take(lambda message, word=word: message[0] == word))
    left = []
    while len(left) < 20 and (message := box.take()) is not None:
        left.append(message)
    return {"took": took, "left": left}


def right_post(case):
    """The messages that should be taken, and those that should be left."""
    left, took = list(case["put"]), []
    for word in case["take"]:
        fits = [message for message in left if word in (None, "zero") or message[0] == word]
        took.append(fits[0] if fits else None)
        if fits:
            left.pop(next(at for at, message in enumerate(left) if message is fits[0]))
    return took, left


def put_and_taken(case):
    """The case in words."""
    words = {None: "the oldest", "zero": "an empty one"}
    asked = ", ".join(words.get(word, word) for word in case["take"])
    return f"of {shown(case['put'], 90)} we took {asked}"


@mailbox.criterion(on=["in order", "many"])
def the_oldest_comes_first(case, evidence):
    """A reader who takes anything gets the message that has been there longest."""
    took, _ = right_post(case)
    for word, got, expected in zip(case["take"], evidence["took"], took, strict=True):
        if word is None and got != expected:
            return f"{put_and_taken(case)}: the oldest was {shown(expected)}, and take gave {shown(got)}"


@mailbox.criterion(on=["from the middle", "many"], points=2)
def takes_the_oldest_that_is_wanted(case, evidence):
    """Of the messages that are wanted, the oldest is taken."""
    took, _ = right_post(case)
    for word, got, expected in zip(case["take"], evidence["took"], took, strict=True):
        if word is not None and expected is not None and got != expected:
            return f"{put_and_taken(case)}: the oldest {word} was {shown(expected)}, and take gave {shown(got)}"


@mailbox.criterion(on=["from the middle", "nothing fits"], points=2)
def the_others_stay_in_their_order(case, evidence):
    """The messages that are not wanted stay, all of them, in the order in which they came."""
    _, left = right_post(case)
    if evidence["left"] != left:
        return f"{put_and_taken(case)}: what stays {versus(left, evidence['left'])}"


@mailbox.criterion(on=["nothing fits", "empty", "many"])
def none_when_nothing_is_wanted(case, evidence):
    """take returns None when no message is wanted."""
    took, _ = right_post(case)
    for got, expected in zip(evidence["took"], took, strict=True):
        if (got is None) != (expected is None):
            given = shown(evidence["took"])
            return (
                f"{put_and_taken(case)}: None says that nothing fits; take should give {shown(took)}, and gave {given}"
            )


@mailbox.criterion(on=["zero", "empty"])
def zero_is_a_message(case, evidence):
    """A message may be 0 or empty, and is a message all the same."""
    took, _ = right_post(case)
    if evidence["took"] != took:
        return f"a message may be 0; {put_and_taken(case)}: the list that take gives {versus(took, evidence['took'])}"


@mailbox.scenario
def the_box(case, evidence):
    took, left = right_post(case)
    rows = [("", "should be", "yours"), ("put", shown(case["put"]), ""), ("take", shown(case["take"]), "")]
    return [*rows, ("taken", shown(took), shown(evidence["took"])), ("left", shown(left), shown(evidence["left"]))]


@mailbox.search(rounds=100, words=lambda each: in_words_of_the_mailbox(each))
def two_boxes(random, size):
    """Steps [box, "put", message], [box, "take", None] the oldest, [box, "take", number] the number-th of all put."""

    few = [any_value(random) for _ in range(2)]  # so that many are equal
    steps, put = [], 0
    for _ in range(size + 2):
        if put and random.random() < 0.4:
            wanted = random.choice([None, random.randrange(put), random.randrange(put)])
            steps.append([random.randrange(2), "take", wanted])
        else:
            steps.append([random.randrange(2), "put", random.choice(few)])
            put += 1
    return {"steps": steps}


@mailbox.player
def put_and_take(student, case):
    """Messages are told by their number, counted over both boxes: two of them may be equal.

    A pattern says yes or no as many functions do, by any true or false value.
    """
    boxes, put = [student.Mailbox(), student.Mailbox()], []

    def number(message):
        return next((at for at, each in enumerate(put) if each is message), message)

    for box, move, what in case["steps"]:
        if move == "put":
            put.append(what)
            yield boxes[box].put(what)
        elif what is None:
            yield number(boxes[box].take())
        else:
            yield number(boxes[box].take(lambda message, what=what: ["yes"] if number(message) == what else None))
    for box in boxes:
        left = []
        while len(left) < 50 and (message := box.take(lambda message: True)) is not None:
            left.append(number(message))
        yield {"left": left}


def in_words_of_the_mailbox(each):
    """A step, or a result, in words; messages count from 1."""
    if isinstance(each, list) and len(each) == 3:
        box, move, what = each
        if move == "put":
            return f"box {box}: put {shown(what)}"
        return f"box {box}: take {'the oldest' if what is None else f'{numbered(what)}, of which wanted says [yes]'}"
    return numbered(each)


def numbered(each):
    """Messages by their number, from 1, and those that are left."""
    if isinstance(each, dict) and isinstance(each.get("left"), list):
        return f"left: {', '.join(map(numbered, each['left'])) or 'nothing'}"
    return f"message {each + 1}" if isinstance(each, int) and not isinstance(each, bool) else shown(each)


# Exercise 2: the inbox -----------------------------------------------------------------------------------------------

inbox = Exercise(
    "inbox",
    defines=["Inbox"],
    parts={"Inbox": "letitcrash.process.lab_reference:Inbox"},
    needs=["mailbox"],
    minutes=14,
    lines=14,
)


@inbox.cases
def waiting_rooms(random):
    def case(kind, receives, sends):
        return {"kind": kind, "receives": receives, "sends": sends}

    def at(low):
        return random.randint(low, low + 9)

    a, b, c = goods(random, 3)
    yield case("there already", [[at(20), a, None]], [[at(1), b], [at(10), a]])
    yield case("there already", [[at(20), None, 30]], [[at(10), a]])
    yield case("comes later", [[at(1), None, None]], [[at(10), a], [at(20), b]])
    yield case("another comes first", [[at(1), a, None]], [[at(10), b], [at(20), a], [at(30), c]])
    yield case("two wishes", [[at(1), a, None], [at(10), b, None]], [[at(20), b], [at(30), a]])
    yield case("one wish", [[at(1), a, None], [at(10), a, None]], [[at(20), a], [at(30), a]])
    picky = [[at(1), a, None], [at(10), None, None], [at(20), b, None]]
    yield case("three wait", picky, [[at(30), b], [at(40), b], [at(50), a]])
    wait = random.randint(20, 29)
    yield case("too late", [[at(1), a, wait]], [[at(60), a], [at(70), b]])
    yield case("too late, others wait", [[at(1), a, wait], [at(10), a, None]], [[at(60), a], [at(70), a]])
    yield case("in time", [[at(1), a, 60 + wait]], [[at(20), a], [at(30), a]])
    yield case("not asked to hurry", [[at(1), a, None]], [[at(500), a]])
    now = at(20)
    yield case("zero", [[now, a, 0]], [[at(1), b], [now, a]])
    yield case("zero, and it is there", [[now, a, 0]], [[at(1), b], [at(10), a]])


@inbox.driver
def wait_for_it(student, case):
    import simpy

    env = simpy.Environment()
    box = student.Inbox(env)
    got = [None] * len(case["receives"])
    plan = [[at, number, word, timeout] for number, (at, word, timeout) in enumerate(case["receives"])]
    plan += [[at, None, word, None] for at, word in case["sends"]]

    def listen(number, event):
        message = yield event
        got[number] = [env.now, message[0] if isinstance(message, tuple) else message]

    def act():
        for at, number, word, timeout in sorted(plan, key=lambda row: row[0]):
            if at > env.now:
                yield env.timeout(at - env.now)
            if number is None:
                box.send((word, env.now))
            else:
                wanted = [] if word is None else [lambda message, word=word: message[0] == word]
                asked = {} if timeout is None else {"timeout": timeout}
                env.process(listen(number, box.receive(*wanted, **asked)))

    env.process(act())
    env.run(until=2000)
    left = []
    while len(left) < 20 and (message := box.take()) is not None:
        left.append(message[0])
    return {"got": got, "left": left}


def right_waits(case):
    """The message that each receiver should get, with its second, and the messages that should be left."""
    plan = [(at, 0, number, word, timeout) for number, (at, word, timeout) in enumerate(case["receives"])]
    plan += [(at, 1, None, word, None) for at, word in case["sends"]]
    got, left, waiting = [None] * len(case["receives"]), [], []
    for at, _, number, word, timeout in sorted(plan, key=lambda row: row[:2]):
        for waiter in [waiter for waiter in waiting if waiter[2] <= at]:
            got[waiter[0]] = [waiter[2], TIME_IS_UP]
            waiting.remove(waiter)
        if number is None:
            takers = [waiter for waiter in waiting if waiter[1] in (None, word)]
            if takers:
                got[takers[0][0]] = [at, word]
                waiting.remove(takers[0])
            else:
                left.append(word)
        elif fits := [message for message in left if word in (None, message)]:
            got[number] = [at, fits[0]]
            left.remove(fits[0])
        elif timeout == 0:
            got[number] = [at, TIME_IS_UP]
        else:
            waiting.append((number, word, inf if timeout is None else at + timeout))
    for number, _, end in waiting:
        got[number] = None if end == inf else [end, TIME_IS_UP]
    return got, left


TIME_IS_UP = "time is up"


def receiver(case, number):
    """One receiver in words."""
    at, word, timeout = case["receives"][number]
    hurry = "" if timeout is None else f" for {timeout} s at most"
    return f"{['Ann', 'Ben', 'Cem'][number]}, who wants {word or 'anything'} from {at} s on{hurry},"


def gets(pair):
    """The message and its second, in words."""
    return "nothing, ever" if pair is None else f"{shown(pair[1])} at {shown(pair[0])} s"


def wrong_wait(case, evidence):
    """The first receiver who got something else, or something at another time, in words; None when all is well."""
    for number, (expected, got) in enumerate(zip(right_waits(case)[0], evidence["got"], strict=True)):
        if got != expected:
            sent = ", ".join(f"{word} at {at} s" for at, word in case["sends"])
            return f"sent were {sent}: {receiver(case, number)} should get {gets(expected)} and got {gets(got)}"


def waiting(case, evidence):
    """The sends and receives as a run, and the index at which each receiver got a message, by number."""
    pids, events = people("inbox", *(["Ann", "Ben", "Cem"][: len(case["receives"])]))
    box, there, where = pids["inbox"], [], {}
    happens = [(at, 0, word, None) for at, word in case["sends"]]
    happens += [(pair[0], 1, pair[1], number) for number, pair in enumerate(evidence["got"]) if pair]
    for at, _, word, number in sorted(happens, key=lambda each: each[:2]):
        if number is None:
            there.append(word)
            events.append(ev.Sent(at, None, box, word))
            continue
        receiver = pids[["Ann", "Ben", "Cem"][number]]
        if word == TIME_IS_UP:
            events.append(ev.TimedOut(at, receiver, at - case["receives"][number][0]))
        else:
            if word in there:
                events.append(ev.Received(at, box, word, there.index(word)))
                there.remove(word)
            events += [ev.Sent(at, box, receiver, word), ev.Received(at, receiver, word, 0)]
        where[number] = len(events) - 1
    return events, where


def where_somebody_waits_in_vain(case, evidence):
    """Show the first receiver who gets the wrong message, or too late, or does not get the one that comes."""
    events, where = waiting(case, evidence)
    for number, (expected, got) in enumerate(zip(right_waits(case)[0], evidence["got"], strict=True)):
        if got != expected:
            at = where.get(number)
            if at is None:  # they got nothing: the message that should have been theirs, or the end
                came = [n for n, each in enumerate(events) if type(each) is ev.Sent and each.message == expected[1]]
                at = came[0] if came else len(events) - 1
            return events, at, f"{receiver(case, number)} should get {gets(expected)}, and got {gets(got)}"
    at, left = len(events) - 1, right_waits(case)[1]
    return events, at, f"In the end {shown(left)} should be left, and it is {shown(evidence['left'])}"


@inbox.criterion(on=["there already", "comes later"], points=2, shows=where_somebody_waits_in_vain)
def a_message_that_is_there_is_given_at_once(case, evidence):
    """A receiver gets a wanted message at once when it is there, and else waits until it comes."""
    return wrong_wait(case, evidence)


@inbox.criterion(on=["two wishes", "three wait", "another comes first"], points=2, shows=where_somebody_waits_in_vain)
def a_message_goes_to_a_waiter_who_wants_it(case, evidence):
    """A message goes to a waiter who wants it; the others wait on."""
    return wrong_wait(case, evidence)


@inbox.criterion(on=["one wish", "two wishes"], shows=where_somebody_waits_in_vain)
def the_longest_waiter_is_first(case, evidence):
    """Of the waiters who want a message, the one who has waited longest gets it, and nobody else."""
    if case["kind"] == "one wish":
        return wrong_wait(case, evidence)
    words = [pair and pair[1] for pair in evidence["got"]]
    if words.count(case["sends"][0][1]) != 1:
        return f"one {case['sends'][0][1]} was sent, for the waiter who wants it; the waiters got {shown(words)}"


@inbox.criterion(on=["too late", "in time", "not asked to hurry"], points=2, shows=where_somebody_waits_in_vain)
def gives_up_when_time_is_up(case, evidence):
    """A waiter gives up after its time-out, not before; without a time-out, never."""
    return wrong_wait(case, evidence)


@inbox.criterion(on=["too late", "too late, others wait", "in time"], points=2, shows=where_somebody_waits_in_vain)
def a_waiter_who_gave_up_takes_nothing(case, evidence):
    """A waiter who has given up takes no message away from others."""
    got, left = right_waits(case)
    if evidence["left"] != left:
        return f"{receiver(case, 0)} gave up or had it; then the rest {versus(left, evidence['left'])}"
    if case["kind"] == "too late, others wait" and evidence["got"][1] != got[1]:
        late = gets(evidence["got"][1])
        return f"Ann gave up at {got[0][0]} s; {receiver(case, 1)} should get {gets(got[1])} and got {late}"


@inbox.criterion(on=["zero", "zero, and it is there"], shows=where_somebody_waits_in_vain)
def zero_looks_once(case, evidence):
    """A time-out of 0 looks once: a message that is there, or time is up, before anything else happens."""
    _, left = right_waits(case)
    if evidence["left"] != left:
        stays = shown(evidence["left"])
        return f"{receiver(case, 0)} looks once; after that {shown(left)} should be left, and it is {stays}"
    problem = wrong_wait(case, evidence)
    return problem and f"a time-out of 0 looks once; {problem}"


@inbox.scenario
def the_waiting_room(case, evidence):
    rows = [("at", "what happens")]
    happens = [(at, f"sent: {word}") for at, word in case["sends"]]
    happens += [(row[0], f"{receiver(case, number)} receives") for number, row in enumerate(case["receives"])]
    rows += sorted(happens)
    got, left = right_waits(case)
    for number, pair in enumerate(got):
        rows.append(
            (receiver(case, number).split(",")[0], f"gets {gets(pair)}; yours: {gets(evidence['got'][number])}")
        )
    return [*rows, ("left", f"{shown(left)}; yours: {shown(evidence['left'])}")]


@inbox.search(rounds=100, step_by_step=False, words=lambda each: in_words_of_the_inbox(each))
def two_inboxes(random, size):
    """Steps in the order of their seconds: [at, inbox, "send", message] and [at, inbox, "receive", wanted, timeout].

    `wanted` is the number of the only message that will do, counted over both inboxes, or None. A time-out ends in the
    middle of an eighth of a second, where nothing else happens, or at once. Some messages come thirty years later.
    """

    def step(at):
        box = random.choice([0, 0, 1])
        if random.random() < 0.5:
            return [at, box, "send", any_value(random)]
        timeout = random.choice([None, 0, random.randrange(1, 80) / 8 + 1 / 16])
        return [at, box, "receive", random.choice([None, None, random.randrange(size)]), timeout]

    late = [[10**9, random.choice([0, 0, 1]), "send", any_value(random)]] * (random.random() < 0.3)
    return {"steps": [step(at) for at in moments(random, size)] + late}


@inbox.player
def send_and_receive(student, case):
    """Yield [at, receiver, message], by their numbers, as they happen; and what is left."""
    import simpy

    env = simpy.Environment()
    boxes, sent, seen = [student.Inbox(env), student.Inbox(env)], [], []

    def number(message):
        return next((at for at, each in enumerate(sent) if each is message), message)

    def listen(receiver, event):
        message = yield event
        seen.append([env.now, receiver, number(message)])

    def act():
        for receiver, (at, box, move, what, *timeout) in enumerate(case["steps"]):
            if at > env.now:
                yield env.timeout(at - env.now)
            if move == "send":
                sent.append(what)
                boxes[box].send(what)
                continue
            wanted = {} if what is None else {"wanted": lambda message, what=what: ["yes"] * (number(message) == what)}
            asked = {} if timeout == [None] else {"timeout": timeout[0]}
            env.process(listen(receiver, boxes[box].receive(**wanted, **asked)))

    env.process(act())
    env.run(until=2 * 10**9)
    yield from sorted(seen, key=lambda each: each[:2])
    for box in boxes:
        left = []
        while len(left) < 50 and (message := box.take(lambda message: True)) is not None:
            left.append(number(message))
        yield {"left": left}


def in_words_of_the_inbox(each):
    """A step, or a result, in words; messages count from 1."""
    if isinstance(each, list) and len(each) == 4:
        at, box, _, what = each
        when = f"{at:g} s" if at < 10**9 else "thirty years later"
        return f"{when}: {shown(what)} is sent to inbox {box}"
    if isinstance(each, list) and len(each) == 5:
        at, box, _, what, timeout = each
        wanted, hurry = "anything", "" if timeout is None else f", {timeout:g} s at most"
        return f"{at:g} s: inbox {box} receives {wanted if what is None else numbered(what)}{hurry}"
    if isinstance(each, list) and len(each) == 3:
        return f"{shown(each[0])} s: the receiver of step {each[1] + 1} gets {numbered(each[2])}"
    return numbered(each)


# Exercise 3: the loop ------------------------------------------------------------------------------------------------

run_loop = Exercise(
    "run_loop",
    defines=["Loop"],
    parts={"Loop": "letitcrash.process.lab_reference:Loop"},
    needs=["mailbox"],
    minutes=18,
    lines=19,
)


@run_loop.cases
def neighbourhoods(random):
    """Each process is a list of steps: ["say", word], ["send", pid, word], ["wait", word], ["crash", why], ["end"]."""

    def case(kind, *lives):
        return {"kind": kind, "lives": [list(life) for life in lives]}

    a, b, c, d = goods(random, 4)
    yield case("turns", [["say", a]], [["say", b]], [["say", c]])
    yield case("turns", [["wait", a], ["say", b]], [["send", 1, a], ["say", c]], [["say", d]])
    yield case(
        "talk",
        [["wait", a], ["send", 2, b], ["wait", c], ["say", d]],
        [["send", 1, a], ["wait", b], ["send", 1, c], ["say", a]],
    )
    yield case(
        "order", [["wait", c], ["say", c], ["wait", None], ["say", d]], [["send", 1, a], ["send", 1, b], ["send", 1, c]]
    )
    yield case(
        "early", [["send", 2, a], ["send", 2, b], ["say", c]], [["wait", b], ["say", a], ["wait", a], ["say", b]]
    )
    fatal = random.choice(["ValueError", "KeyError", "ZeroDivisionError", "TypeError"])
    yield case(
        "crash",
        [["say", a], ["crash", fatal], ["say", b]],
        [["say", c], ["wait", d], ["say", a]],
        [["send", 2, d], ["say", d]],
    )
    yield case(
        "crash",
        [["wait", a], ["crash", fatal]],
        [["send", 1, a], ["wait", b], ["say", c]],
        [["wait", c], ["send", 2, b], ["say", d]],
        [["send", 3, c]],
    )
    yield case("calm", [["say", a]], [["wait", b], ["say", c]], [["send", 2, b], ["say", d]])
    yield case("dead", [["say", a]], [["send", 1, b], ["send", 1, c], ["say", d]], [["wait", d], ["say", b]])
    yield case("dead", [["crash", fatal]], [["wait", b], ["send", 1, c], ["say", d]], [["send", 2, b], ["send", 1, a]])


@run_loop.driver
def live(student, case):
    loop, said, did = student.Loop(), [], []

    def body(loop, me, steps):
        for step, *rest in steps:
            did.append([me, step, *rest])
            if step == "say":
                said.append([me, rest[0]])
            elif step == "send":
                loop.send(rest[0], (rest[1], me))
            elif step == "wait":
                got = yield (lambda message, word=rest[0]: word is None or message[0] == word)
                said.append([me, "got " + got[0]])
                did.append([me, "got", got[0]])
            else:
                errors = {"ValueError": ValueError, "KeyError": KeyError, "TypeError": TypeError}
                raise errors.get(rest[0], ZeroDivisionError)("eggs")
        return
        yield

    pids = [loop.spawn(body, steps) for steps in case["lives"]]
    early = list(said)
    escaped = None
    try:
        loop.run()
    except Exception as error:
        escaped = type(error).__name__
    ended = {str(pid): why if isinstance(why, str) else type(why).__name__ for pid, why in loop.ended.items()}
    return {"pids": pids, "early": early, "said": said, "did": did, "ended": ended, "escaped": escaped}


def right_lives(case):
    """The things that should be said, in their order, and the end that each process should have."""
    lives = case["lives"]
    at, boxes, wants = [0] * len(lives), [[] for _ in lives], [False] * len(lives)
    ready, said, ended = [(pid, None) for pid in range(len(lives))], [], {}

    def look(pid):
        if not wants[pid]:
            return
        word = lives[pid][at[pid]][1]
        for position, message in enumerate(boxes[pid]):
            if word in (None, message):
                del boxes[pid][position]
                wants[pid] = False
                ready.append((pid, message))
                return

    while ready:
        pid, message = ready.pop(0)
        if message is not None:
            said.append([pid + 1, f"got {message}"])
            at[pid] += 1
        while True:
            if at[pid] == len(lives[pid]):
                ended[str(pid + 1)] = "normal"
                break
            step, *rest = lives[pid][at[pid]]
            if step == "wait":
                wants[pid] = True
                look(pid)
                break
            at[pid] += 1
            if step == "say":
                said.append([pid + 1, rest[0]])
            elif step == "send" and str(rest[0]) not in ended:
                boxes[rest[0] - 1].append(rest[1])
                look(rest[0] - 1)
            elif step == "crash":
                ended[str(pid + 1)] = rest[0]
                break
    return said, ended


def story(case):
    """The case in words."""
    return "; ".join(
        f"{pid} does {', '.join(' '.join('anything' if word is None else str(word) for word in step) for step in life)}"
        for pid, life in enumerate(case["lives"], start=1)
    )


def turns(case, evidence):
    """The turns as a run, a second for each step, and the index of each thing that was said, in order."""
    pids, events = people("you", *map(str, evidence["pids"]))
    boxes, heard = {name: [] for name in pids}, []
    for second, (me, step, *rest) in enumerate(evidence["did"], start=1):
        own = pids[str(me)]
        if step == "say":
            events.append(ev.Sent(second, own, pids["you"], rest[0]))
        elif step == "send" and str(rest[0]) in pids:
            boxes[str(rest[0])].append(rest[1])
            events.append(ev.Sent(second, own, pids[str(rest[0])], rest[1]))
        elif step == "got":
            box = boxes[str(me)]
            position = box.index(rest[0]) if rest[0] in box else 0
            del box[position : position + 1]
            events.append(ev.Received(second, own, rest[0], position))
        elif step == "crash":
            events.append(ev.Exited(second, own, rest[0]))
        if step in ("say", "got"):
            heard.append(len(events) - 1)
    return events, heard


def where_the_turns_part(case, evidence):
    """Show the first word out of turn, the last step before one that never comes, or the crash that got out."""
    events, heard = turns(case, evidence)
    said, _ = right_lives(case)
    for number, (expected, got) in enumerate(zip_longest(said, evidence["said"])):
        if expected != got:
            at = heard[number] if got else len(events) - 1
            return events, at, f"Here it should be {_turn(expected)}, and it is {_turn(got)}"
    at = next((n for n, each in enumerate(events) if type(each) is ev.Exited), len(events) - 1)
    if evidence["escaped"]:
        return events, at, f"This crash should stay inside, and came out of run as {evidence['escaped']}"
    return events, at, f"In the end ended should be {shown(right_lives(case)[1])}, and it is {shown(evidence['ended'])}"


def _turn(each):
    return f"process {each[0]} with {each[1]}" if each else "nobody's turn"


@run_loop.criterion(on=["turns", "talk", "calm"])
def pids_count_from_one_and_nobody_starts_before_run(case, evidence):
    """Pids are 1, 2, 3, ... in the order of spawning; every process has its first turn in run."""
    count = len(case["lives"])
    if evidence["pids"] != list(range(1, count + 1)):
        return f"{count} were spawned; their pids should be 1 to {count}, and are {shown(evidence['pids'])}"
    if evidence["early"]:
        return f"before run no process should have a turn; this happened: {shown(evidence['early'])}"
    firsts = {pid for pid, life in enumerate(case["lives"], start=1) if life[0][0] == "say"}
    missing = firsts - {pid for pid, _ in evidence["said"]}
    if missing:
        return f"process {min(missing)} was spawned and should have a turn, and never had one ({story(case)})"


@run_loop.criterion(on=["turns", "talk"], points=2, shows=where_the_turns_part)
def turns_come_in_order(case, evidence):
    """The process that is ready first has the first turn, and a message that is sent is received."""
    said, _ = right_lives(case)
    if evidence["said"] != said:
        return f"{story(case)}: the turns should go {shown(said, 90)}, yours go {shown(evidence['said'], 90)}"


@run_loop.criterion(on=["order", "early"], points=2, shows=where_the_turns_part)
def a_process_gets_what_it_wants_also_when_it_came_early(case, evidence):
    """A process gets the message it wants, also when it came early and lies behind others."""
    said, _ = right_lives(case)
    if evidence["said"] != said:
        happened = shown(evidence["said"], 90)
        return f"{story(case)}: the wanted message was there; {shown(said, 90)} should happen, and {happened} did"


@run_loop.criterion(on=["crash", "calm"], points=3, shows=where_the_turns_part)
def a_crash_ends_one_process_only(case, evidence):
    """A crash ends the process that crashed; the others have their turns as before."""
    said, _ = right_lives(case)
    if evidence["escaped"]:
        return f"{story(case)}: the crash should stay inside, and came out of run as {evidence['escaped']}"
    if evidence["said"] != said:
        return (
            f"{story(case)}: crash or no crash, {shown(said, 90)} should happen, and {shown(evidence['said'], 90)} did"
        )


@run_loop.criterion(on=["crash", "calm"], shows=where_the_turns_part)
def ended_says_how_each_ended(case, evidence):
    """ended has an entry for each process that ended: "normal", or its exception; and no other."""
    _, ended = right_lives(case)
    if evidence["ended"] != ended:
        return f"{story(case)}: ended should be {ended}, and it is {evidence['ended']}"


@run_loop.criterion(on=["dead", "talk"], shows=where_the_turns_part)
def a_message_to_the_dead_is_lost(case, evidence):
    """Sending to a process that has ended does nothing and harms nobody."""
    said, ended = right_lives(case)
    if evidence["escaped"] or evidence["ended"] != ended or evidence["said"] != said:
        return (
            f"{story(case)}: a message to the dead is lost, one to the living is not; {shown(said)} should happen and "
            f"end as {ended}; {shown(evidence['said'])} did, and it ended as {evidence['ended']}"
        )


@run_loop.scenario
def the_neighbours(case, evidence):
    rows = [("pid", "does")]
    rows += [(pid, "; ".join(" ".join(map(str, step)) for step in life)) for pid, life in enumerate(case["lives"], 1)]
    said, ended = right_lives(case)
    rows += [("should say", shown(said)), ("yours", shown(evidence["said"]))]
    return [*rows, ("should end", shown(ended)), ("yours", shown(evidence["ended"]))]


@run_loop.search(step_by_step=False, words=lambda each: in_words_of_the_loop(each))
def two_loops(random, size):
    """Lives [loop, step, step, ...], in the order of spawning; each step as in the cases, or ["spawn", steps].

    The pid in ["send", pid, word] is one of the same loop, or one that comes to be, or never does.
    """
    words = goods(random, 3)

    def step(deep):
        kinds = ["say", "send", "send", "send", "wait", "wait", "crash"] + ["spawn"] * deep
        kind = random.choice(kinds)
        if kind == "say":
            return ["say", random.choice(words)]
        if kind == "send":
            return ["send", random.randint(1, 4), any_value(random)]
        if kind == "wait":
            return ["wait", random.choice([None, None, random.randrange(3)])]
        if kind == "crash":
            return ["crash", random.choice(["ValueError", "KeyError", "StopAsyncIteration", "ZeroDivisionError"])]
        return ["spawn", [step(0) for _ in range(random.randint(1, 3))]]

    return {"steps": [[random.randrange(2), *(step(1) for _ in range(random.randint(0, 4)))] for _ in range(size // 2)]}


@run_loop.player
def live_twice(student, case):
    """Yield the deeds of each process of each loop, in order: the loops have their turns one after the other, twice.

    In the end each loop gets a newcomer, and each process that has ended a message, which should not lie in its
    mailbox. A body that comes to its end returns something.
    """
    loops, pids, seen = [student.Loop(), student.Loop()], [[], []], []

    def body(loop, me, which, steps):
        for step, *rest in steps:
            if step == "say":
                seen.append([which, me, "says", rest[0]])
            elif step == "send":
                if rest[0] in pids[which]:
                    loop.send(*rest)
            elif step == "spawn":
                pids[which].append(loop.spawn(body, which, rest[0]))
                seen.append([which, me, "spawned", pids[which][-1]])
            elif step == "wait":
                got = yield (lambda message, kind=rest[0]: kind is None or len(repr(message)) % 3 == kind)
                seen.append([which, me, "got", got])
            else:
                import builtins

                raise getattr(builtins, rest[0])("eggs")
        return "eggs"
        yield

    for which, *steps in case["steps"]:
        pids[which].append(loops[which].spawn(body, which, steps))
        seen.append([which, "you", "spawned", pids[which][-1]])
    for which in (0, 1, 0):
        loops[which].run()
        for pid in pids[which][:1]:
            loops[which].send(pid, "once more")
        yield from seen
        seen.clear()
    for which, loop in enumerate(loops):
        yield [which, "you", "spawned", loop.spawn(body, which, [])]
        yield {str(pid): why if isinstance(why, str) else repr(why) for pid, why in sorted(loop.ended.items())}
        for pid in sorted(loop.ended):
            loop.send(pid, late := ["too late"])
            if pid in loop.mailboxes and loop.mailboxes[pid].take(lambda message, late=late: message is late):
                yield [which, pid, "has ended, and has in its mailbox", late]


def in_words_of_the_loop(each):
    """A life, or a result, in words."""
    if isinstance(each, list) and len(each) == 4 and isinstance(each[2], str):
        who = f"process {each[1]}" if isinstance(each[1], int) else each[1]
        return f"loop {each[0]}: {who} {each[2]} {shown(each[3])}"
    if isinstance(each, dict):
        return f"ended, {shown(each)}"
    if isinstance(each, list) and each and all(isinstance(step, list) for step in each[1:]):
        return f"loop {each[0]}: a process does {', '.join(map(shown, each[1:])) or 'nothing'} and returns eggs"
    return shown(each)


# Exercise 4: the hurt ------------------------------------------------------------------------------------------------

isolation = Exercise(
    "isolation", defines=["hurt"], parts={"hurt": "letitcrash.process.lab_reference:hurt"}, minutes=8, lines=2
)


@isolation.cases
def days(random):
    def case(kind, calm, crashed, culprits, **more):
        return {"kind": kind, "calm": calm, "crashed": crashed, "culprits": culprits, **more}

    numbers = random.sample(range(10, 99), 8)
    calm = [[number, round(random.uniform(10, 300), 1)] for number in numbers]
    worse = {number: random.uniform(20, 400) for number in random.sample(numbers, 4)}
    later = [[number, wait + worse.get(number, 0)] for number, wait in calm]
    yield case("nothing happened", calm, calm, [])
    yield case("nothing happened", calm, [[number, max(0, wait - 5)] for number, wait in calm], [numbers[0]])
    yield case("some wait longer", calm, later, [])
    yield case("a culprit waits too", calm, later, [next(iter(worse)), next(n for n in numbers if n not in worse)])
    gone = numbers[3]
    yield case("one is never served", calm, [pair for pair in later if pair[0] != gone], [])
    others = [pair for pair in calm if pair[0] != gone]
    yield case("one is never served", calm, others, [], tolerance=10**12)  # no number of seconds stands for never
    yield case("a culprit is never served", calm, [pair for pair in calm if pair[0] != gone], [gone])
    touch = [[number, wait + (0.5 if number in worse else 1.5)] for number, wait in calm]
    yield case("hardly felt", calm, touch, [])
    tolerance = random.randint(60, 90)
    minute = [[number, wait + tolerance + (20 if number in worse else -20)] for number, wait in calm]
    yield case("a wide tolerance", calm, minute, [], tolerance=tolerance)


@isolation.driver
def ask_who_was_hurt(student, case):
    calm, crashed = dict(map(tuple, case["calm"])), dict(map(tuple, case["crashed"]))
    more = {"tolerance": case["tolerance"]} if "tolerance" in case else {}
    return student.hurt(calm, crashed, case["culprits"], **more)


def right_hurt(case):
    """The customers who were hurt."""
    crashed, tolerance = dict(map(tuple, case["crashed"])), case.get("tolerance", 1.0)
    worse = [number for number, wait in case["calm"] if crashed.get(number, inf) > wait + tolerance]
    return sorted(number for number in worse if number not in case["culprits"])


def wrong_hurt(case, answer):
    """The error in the list, in a sentence, or None."""
    if answer != right_hurt(case):
        return f"the list of those who were hurt {versus(right_hurt(case), answer)}"


@isolation.criterion(on=["some wait longer", "nothing happened"], points=2)
def a_longer_wait_counts(case, answer):
    """A customer who waits longer than without the crash is hurt, and no other."""
    problem = wrong_hurt(case, answer)
    return problem and f"everybody's wait, with a crash and without: {problem}"


@isolation.criterion(on=["a culprit waits too", "a culprit is never served", "some wait longer"])
def the_culprits_do_not_count(case, answer):
    """The culprits do not count; all other customers do."""
    problem = wrong_hurt(case, answer)
    return problem and f"the culprits are {case['culprits']}: {problem}"


@isolation.criterion(on=["one is never served", "nothing happened"], points=2)
def never_served_counts(case, answer):
    """A customer who is never served has the longest wait of all."""
    gone = sorted({number for number, _ in case["calm"]} - {number for number, _ in case["crashed"]})
    for_ever = f", which is longer than a tolerance of {case['tolerance']:g} s" if "tolerance" in case else ""
    problem = wrong_hurt(case, answer)
    return problem and f"never served were {gone}{for_ever}: {problem}"


@isolation.criterion(on=["hardly felt", "a wide tolerance"])
def the_tolerance_forgives(case, answer):
    """A wait that is longer by no more than the tolerance is forgiven."""
    problem = wrong_hurt(case, answer)
    return problem and f"with a tolerance of {case.get('tolerance', 1.0):g} s: {problem}"


@isolation.scenario
def both_days(case, answer):
    crashed = dict(map(tuple, case["crashed"]))
    rows = [("customer", "calm", "crashed", "")]
    for number, wait in sorted(case["calm"]):
        mark = "culprit" if number in case["culprits"] else "hurt" if number in right_hurt(case) else ""
        rows.append((number, shown(wait), shown(crashed.get(number, "never served")), mark))
    return [*rows, ("yours", shown(answer), "", "")]


@isolation.search()
def any_day(random, size):
    """The waits of a day, whole and broken seconds, exactly by the tolerance longer, and some that never end."""
    numbers = random.sample(range(100), size)
    calm = [[number, random.choice([0, random.randrange(80) / 8, random.randrange(80) / 8])] for number in numbers]
    tolerance = random.choice([0, 0.125, 1, 1.0, 2.5])
    worse = [[number, max(0, wait + random.choice([0, tolerance, -1, 1, 0.5, 30]))] for number, wait in calm]
    crashed = [pair for pair in worse if random.random() < 0.8]
    random.shuffle(crashed)
    culprits = [number for number in numbers if random.random() < 0.2]
    return {
        "calm": calm,
        "crashed": crashed,
        "culprits": culprits,
        **({} if tolerance == 1 else {"tolerance": tolerance}),
    }


@isolation.player
def ask_on_any_day(student, case):
    """Return the list of those who were hurt, or a sentence about the arguments that the answer changed."""
    calm, crashed, culprits = dict(map(tuple, case["calm"])), dict(map(tuple, case["crashed"])), [*case["culprits"]]
    more = {"tolerance": case["tolerance"]} if "tolerance" in case else {}
    hurt = student.hurt(calm, crashed, culprits, **more)
    after = {"calm": list(map(list, calm.items())), "crashed": list(map(list, crashed.items())), "culprits": culprits}
    changed = [name for name, now in after.items() if now != case[name]]
    return f"a change of {' and '.join(changed)}, which should stay as it was" if changed else hurt


# Exercise 5: the ticket ----------------------------------------------------------------------------------------------

ticket = Exercise(
    "ticket",
    defines=["till"],
    parts={"till": "letitcrash.process.lab_reference:till"},
    needs=["mailbox", "inbox"],
    minutes=12,
    lines=5,
)


@ticket.cases
def clerks(random):
    """One clerk, and customers [sent at, seconds at the till or None for the dead]."""

    def case(kind, *customers, patience=None):
        return {
            "kind": kind,
            "customers": [list(each) for each in customers],
            "patience": patience or random.randint(100, 140),
        }

    def work():
        return random.randint(20, 80)

    yield case("all well", (work(), work()), (0, work()), (0, work()))
    yield case("all well", (work(), work()), (900, work()))
    yield case("one dies", (work(), work()), (0, None), (0, work()), (0, work()))
    yield case("all die", (work(), None), (0, None), (0, None), (0, work()))
    slow = random.randint(150, 170)
    yield case("slow", (work(), slow), (0, 90), (0, work()), patience=random.randint(100, 110))
    yield case("slow, then one dies", (work(), slow), (0, None), (0, work()), patience=random.randint(100, 110))
    yield case("nobody comes for long", (2000 + work(), work()), (0, work()), patience=random.randint(100, 110))


@ticket.driver
def sit_at_the_till(student, case):
    import simpy

    env = simpy.Environment()
    line, me = student.Inbox(env), student.Inbox(env)
    asked, turns, did = [], [], []

    def note(*what):
        did.append([env.now, *what])

    def heard(event):
        note("clerk", event.value[0] if isinstance(event.value, tuple) else event.value)

    def receive(*wanted, **timeout):
        event = listen(*wanted, **timeout)
        if getattr(event, "callbacks", None) is not None:
            event.callbacks.insert(0, heard)
        return event

    listen, me.receive = me.receive, receive

    def customer(number, work):
        box = student.Inbox(env)
        env.process(shopping(number, work, box))
        return box

    def shopping(number, work, box):
        _, till = yield box.receive()
        turns.append([number, env.now])
        note(number, "your turn")
        if work is None:
            return note(number, "dies")
        yield env.timeout(work)
        note(number, "done")
        till.send(("done", box))

    def desk():
        for number, (pause, work) in enumerate(case["customers"]):
            yield env.timeout(pause)
            free = yield line.receive()
            asked.append([env.now, free[0]])
            note(number, "comes")
            me.send(("customer", customer(number, work)))

    env.process(desk())
    env.process(student.till(env, me, line, case["patience"]))
    env.run(until=6000)
    return {"turns": turns, "asked": len(asked) + len(line.messages), "did": did}


def right_turns(case):
    """The second at which each customer's turn should begin."""
    free, door, turns = 0, 0, []
    for number, (pause, work) in enumerate(case["customers"]):
        door = max(door + pause, free)
        turns.append([number, door])
        free = door + (case["patience"] if work is None else min(work, case["patience"]))
    return turns


def wrong_turn(case, evidence):
    """The first turn that is missing or at another time, in words; None when all is well."""
    had = {number: at for number, at in evidence["turns"]}
    for number, at in right_turns(case):
        if not close(had.get(number), at):
            before = case["customers"][number - 1][1] if number else "nobody"
            fate = "dropped eggs and died" if before is None else f"needed {before} s"
            told = f"at {had[number]:g} s" if number in had else "never"
            return (
                f"the clerk's patience is {case['patience']} s, the customer before {fate}: "
                f"customer {number + 1} should have a turn at {at} s, and had it {told}"
            )


def afternoon(case, evidence):
    """The events at the till as a run, and the index at which each customer's turn began, by number."""
    names = [f"customer {number}" for number, _ in enumerate(case["customers"], 1)]
    pids, events = people("clerk", "line", *names)
    clerk, where, box = pids["clerk"], {}, []
    for at, whom, what in evidence["did"]:
        if whom == "clerk" and what == TIME_IS_UP:
            events.append(ev.TimedOut(at, clerk, case["patience"]))
        elif whom == "clerk":
            position = box.index(what)
            del box[position]
            events.append(ev.Received(at, clerk, what, position))
        elif what == "comes":
            box.append("customer")
            events.append(ev.Sent(at, pids["line"], clerk, "customer"))
        elif what == "your turn":
            own = pids[names[whom]]
            events += [ev.Sent(at, clerk, own, what), ev.Received(at, own, what, 0)]
            where[whom] = len(events) - 1
        elif what == "done":
            box.append(what)
            events.append(ev.Sent(at, pids[names[whom]], clerk, what))
        else:
            events.append(ev.Exited(at, pids[names[whom]], "dropped eggs"))
    return events, where


def where_the_turn_is_wrong(case, evidence):
    """Show the first turn that begins at the wrong time, or the place where it should have begun."""
    events, where = afternoon(case, evidence)
    had = {number: at for number, at in evidence["turns"]}
    for number, at in right_turns(case):
        if not close(had.get(number), at):
            before = [n for n, each in enumerate(events) if each.at <= at]
            told = f"had it at {had[number]:g} s" if number in had else "never had it"
            why = f"Customer {number + 1} should have a turn at {at} s and {told}; the patience is {case['patience']} s"
            return events, where.get(number, before[-1]), why


@ticket.criterion(on=["all well", "nobody comes for long"], points=2, shows=where_the_turn_is_wrong)
def a_customer_who_is_done_frees_the_till(case, evidence):
    """A customer who is done frees the till in that instant; a clerk without customers waits as long as it takes."""
    return wrong_turn(case, evidence)


@ticket.criterion(on=["one dies", "all die", "all well"], points=3, shows=where_the_turn_is_wrong)
def the_dead_cost_the_patience_and_no_more(case, evidence):
    """A customer who died costs the till the clerk's patience, no less and no more."""
    return wrong_turn(case, evidence)


@ticket.criterion(on=["slow", "slow, then one dies"], points=3, shows=where_the_turn_is_wrong)
def a_late_done_is_nobody_elses(case, evidence):
    """A slow customer's late "done" does not end the turn of the next customer."""
    return wrong_turn(case, evidence)


@ticket.criterion(on=["all well", "one dies"])
def asks_for_one_customer_at_a_time(case, evidence):
    """A clerk asks the line once for each customer, and once more when the last has gone."""
    expected = len(case["customers"]) + 1
    if evidence["asked"] != expected:
        return (
            f"{number_of(expected - 1, 'customer')} came: the clerk should have asked for one "
            f"{number_of(expected, 'time')}, and asked {number_of(evidence['asked'], 'time')}"
        )


@ticket.tells
def costs(cases, evidence):
    """The seconds that the dead cost, and the questions of the clerk."""
    case, seen = next(pair for pair in zip(cases, evidence, strict=True) if pair[0]["kind"] == "one dies")
    (_, before), (_, after) = (pair for pair in seen["turns"] if pair[0] in (1, 2))
    customers = sum(len(each["customers"]) for each in cases)
    asked = sum(each["asked"] for each in evidence)
    return (
        f"A dead customer cost the till {after - before:g} s, {case['patience']} allowed; all {customers} had "
        f"their turn, and {len(cases)} clerks asked {asked} times, {customers + len(cases)} allowed."
    )


@ticket.scenario
def the_clerk(case, evidence):
    had = {number: at for number, at in evidence["turns"]}
    rows = [("customer", "seconds at the till", "turn should begin at", "yours")]
    for number, at in right_turns(case):
        work = case["customers"][number][1]
        rows.append((number + 1, "dies" if work is None else work, at, shown(had.get(number, "never"))))
    return rows


@ticket.search(step_by_step=False, words=lambda each: in_words_of_the_clerk(each))
def two_clerks(random, size):
    """Customers [clerk, comes after so many seconds, work or None for the dead]; a turn never ends with another's."""
    patience = random.randint(30, 60)

    def customer():
        work = random.choice([None, 0, random.randrange(1, 8 * patience) / 8, patience + random.randrange(1, 800) / 8])
        return [random.randrange(2), random.choice([0, 0, random.randrange(800) / 8 + 1 / 16]), work]

    return {"patience": patience, "steps": [customer() for _ in range(size)]}


@ticket.player
def two_tills(student, case):
    """Yield turns [at, clerk, customer] and the clerks' questions [at, clerk, "free"], as they happen."""
    import simpy

    env, seen = simpy.Environment(), []

    def shopping(number, clerk, work, box):
        word, till = yield box.receive()
        seen.append([env.now, f"clerk {clerk}", number])
        if word == "your turn" and work is not None:
            yield env.timeout(work)
            till.send(("done", box))

    def desk(clerk, line, me):
        for number, (which, pause, work) in enumerate(case["steps"]):
            if which != clerk:
                continue
            yield env.timeout(pause)
            word, till = yield line.receive()
            seen.append([env.now, f"clerk {clerk}", word])
            box = student.Inbox(env)
            env.process(shopping(number, clerk, work, box))
            till.send(("customer", box))

    for clerk in (0, 1):
        line, me = student.Inbox(env), student.Inbox(env)
        env.process(desk(clerk, line, me))
        env.process(student.till(env, me, line, case["patience"]))
    env.run(until=10_000)
    yield from sorted(seen, key=lambda each: each[:2])


def in_words_of_the_clerk(each):
    """A customer, or a result, in words."""
    first, second, third = each
    if isinstance(second, str):
        return f"{first:g} s: {second} {'asks' if isinstance(third, str) else f'has customer {third + 1}'}"
    need = "dies at the till" if third is None else f"needs {third:g} s"
    return f"{second:g} s later a customer comes to clerk {first} and {need}"
