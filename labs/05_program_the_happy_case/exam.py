"""The exam of lab 5: a call, a server's loop, a store that handles no error, and whose grams they are.

What is right comes from the library, which plays the same cases; that the library is right its own tests ask of Erlang.
Each case's happenings have moments of their own. What two processes hear in the same instant has no order, and is not
compared; what one process hears has.
"""

from letitcrash.classroom.exam import Exercise, shown
from letitcrash.process import events as ev
from letitcrash.scenario.calls import difference, happening, parted, run_calls
from letitcrash.trace import read

GOODS = ["eggs", "milk", "bread", "ham", "jam", "tea", "salt", "beans", "figs", "rice", "plums", "leeks"]
REASONS = ["smudged label", "out of labels", "badmatch", "fell asleep", "no till roll"]


def goods(random, count):
    """So many different goods."""
    return random.sample(GOODS, count)


def rows_of(rows, *wanted, but=()):
    """The rows that say one of these things (anything, when none is named), but for those about some people."""
    return [row for row in rows if (not wanted or row[2] in wanted) and row[1] not in but]


# Where a run went wrong ----------------------------------------------------------------------------------------------


def run_of(evidence):
    """What happened, as events of the trace."""
    return list(read(evidence["run"]))


def is_of(who, pid):
    """Whether this is the pid of `who`, as a trace in a file has it."""
    return isinstance(pid, str) and pid.endswith(f" {who}>")


def last_heard(events, who, second=1e9, kinds=(ev.Received, ev.TimedOut)):
    """The index of the last thing that `who` heard up to `second`; of the last they did, when they heard nothing."""
    own = [index for index, event in enumerate(events) if is_of(who, getattr(event, "pid", None))]
    own = [index for index in own if events[index].at <= second + 1e-6]
    heard = [index for index in own if isinstance(events[index], kinds)]
    return (heard or own)[-1]


def last_of(events, *kinds):
    """The index of the last event of these kinds; of the last event of all, when there is none."""
    found = [index for index, event in enumerate(events) if isinstance(event, kinds)]
    return found[-1] if found else len(events) - 1


def where_it_lies(events, who):
    """The index of the first answer or Down that came to `who` and was never taken; None when there is none."""
    taken = [event.message for event in events if type(event) is ev.Received and is_of(who, event.pid)]
    for index, event in enumerate(events):
        lies = type(event) is ev.Sent and is_of(who, event.receiver) and event.message not in taken
        if lies and str(event.message).startswith(("Answer(", "Down(")):
            return index


def where_they_part(events, right, mine):
    """The index of the event at which somebody first hears something else than they should."""
    who, is_so, should_be = parted(mine, right)
    second, _, what, _ = is_so or should_be
    lies = where_it_lies(events, who) if what == "finds" else None
    if lies is not None:
        return lies
    ends = (ev.Exited,) if what in ("exits", "terminate") else (ev.Received, ev.TimedOut)
    return last_heard(events, who, second, ends)


# Exercise 1: the call ------------------------------------------------------------------------------------------------

call = Exercise("call", defines=["call"], parts=["call"], minutes=14, lines=16)

LOOK = 90
"""The second at which everybody looks into their mailbox: what is still under way then has had its time."""


@call.cases
def questions(random):
    """Scripts of `letitcrash.scenario.calls`, most of them Ann's."""

    def case(kind, *script, look=True):
        looks = [[LOOK, "Ann", "look"]] if look else []
        return {"kind": kind, "script": [list(step) for step in script] + looks}

    def tenths(low, high):
        return random.randint(low * 10, high * 10) / 10

    a, b, c, d = goods(random, 4)
    reason, other = random.sample(REASONS, 2)
    yield case("answers", (1, "Ann", "call", ["answer", a]), (3, "Ann", "call", ["later", tenths(1, 3), b]))
    yield case("answers", (1, "Ann", "call", ["sleep", tenths(1, 3), ["answer", c]]),
               (2, "Bea", "call", ["answer", d], 9, "its pid"))  # fmt: skip
    odd = random.sample([None, False, 0, []], 4)
    yield case("odd answers", *[(second, "Ann", "call", ["answer", value]) for second, value in enumerate(odd, 1)])
    yield case("dies", (1, "Ann", "call", ["sleep", tenths(1, 3), ["exit", reason]]))
    yield case("dies", (1, "Ann", "call", ["never"], 30), (tenths(12, 20), "Bea", "cast", ["exit", other]))
    yield case("dies", (1, "Ann", "call", ["stop", "normal"]))
    yield case("dies", (1, "Ann", "call", ["never"], None), (tenths(7, 9), "street", "kill"))
    yield case("nobody", (tenths(1, 3), "Ann", "call", ["answer", a], 5, "nobody"))
    yield case("nobody", (1, "Ann", "call", ["answer", a]), (2, "street", "kill"),
               (tenths(3, 5), "Ann", "call", ["answer", b], 5, "its pid"))  # fmt: skip
    yield case("itself", (tenths(1, 3), "Ann", "call", ["answer", a], 5, "Ann"))
    wait = tenths(2, 4)
    yield case("in time", (1, "Ann", "call", ["later", wait - 0.1, a], wait), (10, "Ann", "call", ["later", 4.9, b]))
    yield case("too late", (tenths(1, 3), "Ann", "call", ["never"], wait), (10, "Ann", "call", ["never"]))
    yield case("patient", (1, "Ann", "call", ["later", tenths(20, 40), a], None))
    yield case("late answer", (1, "Ann", "call", ["later", wait + 2, a], wait),
               (wait + 2, "Ann", "call", ["later", 3, b]))  # fmt: skip
    yield case("late answer", (1, "Ann", "call", ["later", wait + 2, a], wait), (30, "Ann", "call", ["answer", b]))
    yield case("late death", (1, "Ann", "call", ["never"], wait), (20, "street", "kill"))
    yield case("answers and dies", (1, "Ann", "call", ["stop", random.choice(["normal", reason]), a]))
    yield case("answers, dies later", (1, "Ann", "call", ["answer", a]), (20, "street", "kill"))
    yield case("post", (1, "Bea", "tell", "Ann", b), (2, "Ann", "call", ["later", 2, a]), (3, "Bea", "tell", "Ann", c))
    yield case("post", (1, "Ann", "watch", "Bea"), (2, "Ann", "call", ["later", 3, a]), (3, "Bea", "tell", "Ann", b))
    yield case("post", (1, "Bea", "answer", "Ann", b), (2, "Ann", "call", ["later", 2, a]),
               (3, "Bea", "answer", "Ann", c))  # fmt: skip


@call.driver
def ask_the_shop(student, case):
    from letitcrash.gen_server import NoReply, Stop, reply
    from letitcrash.gen_server.words import NOTHING, Call
    from letitcrash.process import Exit
    from letitcrash.process import events as ev
    from letitcrash.scenario.calls import play_calls

    async def serve(server, then=None):
        while True:
            match await server.me.receive():
                case Call(request, caller):
                    said = await server.handle_call(request, caller)
                    last = said.reply if type(said) is Stop else said
                    if type(said) is not NoReply and last is not NOTHING:
                        reply(server.me, caller, last)
                    if type(said) is Stop:
                        raise Exit(said.reason)
                case message:
                    await server.handle_info(getattr(message, "message", message))

    rows, world = play_calls({**case, "until": 200}, student.call, serve)
    for event in world.trace.of(ev.Exited):
        if isinstance(event.reason, BaseException):
            raise event.reason
    return {"rows": [row for row in rows if row[1] != "shop"], "run": list(world.trace.lines())}


def right_calls(case):
    """What everybody hears whose call is the library's, without the shop itself."""
    return rows_of(run_calls({**case, "until": 200}), but=["shop"])


def steps_in_words(case):
    """The second of each step, who does it, and what they do."""
    words = {
        "call": lambda told, timeout=5, whom="the shop": f"asks {whom}{_asked(told)}, and waits {_seconds(timeout)}",
        "cast": lambda told: f"casts{_asked(told)}",
        "tell": lambda whom, what: f"tells {whom}{_asked(what)}",
        "answer": lambda whom, what: f"sends {whom} an answer, {what}, that nobody asked for",
        "watch": lambda whom: f"watches {whom}",
        "exit": lambda why: f"sends it an exit signal, {why}",
        "kill": lambda: "has it killed",
        "stop": lambda why: f"has it stopped, {why}",
        "look": lambda: "looks into the mailbox",
    }
    for second, who, what, *rest in case["script"]:
        yield second, "somebody" if who == "street" else who, words[what](*rest)


def script_in_words(case):
    """The case in a sentence."""
    steps = [f"at {second:g} s {who} {did}" for second, who, did in steps_in_words(case) if not did.startswith("looks")]
    return "; ".join(steps)


def _seconds(timeout):
    return "for ever" if timeout is None else f"{timeout:g} s"


def _asked(told):
    match told:
        case ["answer", value]:
            return f" for an answer ({shown(value)})"
        case ["later", seconds, value]:
            return f" for an answer ({shown(value)}) in {seconds:g} s"
        case ["sleep", seconds, then]:
            return f", who is busy for {seconds:g} s,{_asked(then)}"
        case ["never"]:
            return " for an answer that never comes"
        case ["after", seconds, *value]:
            return f" to wake up after {seconds:g} s of silence" + "".join(f" and for {shown(each)}" for each in value)
        case ["stop", reason, *value]:
            return f" to stop ({reason})" + "".join(f" and for a last answer ({shown(each)})" for each in value)
        case ["exit", reason]:
            return f" to crash ({reason})"
    return f" {shown(told)}"


def compared(right, *what):
    """The two parts of a criterion about these happenings: what is wrong, and the run that shows it."""

    def both(case, evidence):
        return rows_of(right(case), *what), rows_of(evidence["rows"], *what)

    def wrong(case, evidence):
        expected, mine = both(case, evidence)
        if said := difference(mine, expected):
            nothing = " gets " in said.split("; is: ")[0] and said.endswith(" gets None")
            hint = " (is an await missing, or a return?)" if nothing else ""
            return f"{script_in_words(case)}. {said[0].upper()}{said[1:]}{hint}"

    def shows(case, evidence):
        expected, mine = both(case, evidence)
        events, said = run_of(evidence), difference(mine, expected)
        return events, where_they_part(events, expected, mine), f"{said[0].upper()}{said[1:]}"

    return wrong, shows


wrong_word, shows_word = compared(right_calls, "gets", "fails")
wrong_answer, shows_answer = compared(right_calls, "gets")
wrong_call, shows_call = compared(right_calls, "gets", "finds")


@call.criterion(on=["answers", "odd answers"], points=2, shows=shows_answer)
def the_answer_comes_back(case, evidence):
    """What the shop answers is what comes back, None and False as well."""
    return wrong_answer(case, evidence)


@call.criterion(on=["dies", "answers"], points=2, shows=shows_word)
def the_call_fails_as_the_server_did(case, evidence):
    """When the shop dies the call fails, in that instant, with the shop's reason; normal is a reason too."""
    return wrong_word(case, evidence)


@call.criterion(on=["nobody", "answers"], shows=shows_word)
def nobody_there_is_noproc(case, evidence):
    """A name that nobody has, or somebody who is dead, is noproc, at once."""
    return wrong_word(case, evidence)


@call.criterion(on=["itself", "answers"], shows=shows_word)
def nobody_waits_for_himself(case, evidence):
    """Who calls himself is told so at once."""
    return wrong_word(case, evidence)


@call.criterion(on=["too late", "in time", "patient"], points=2, shows=shows_word)
def it_waits_so_long_and_no_longer(case, evidence):
    """A call fails when its seconds are over, five unless told otherwise, and not before; with None, never."""
    return wrong_word(case, evidence)


@call.criterion(on=["late answer", "answers"], points=2, shows=shows_call)
def a_late_answer_is_nobodys(case, evidence):
    """The answer that comes too late is dropped: it is not the next call's, and not in the mailbox."""
    return wrong_call(case, evidence)


@call.criterion(on=["post", "answers"], shows=shows_call)
def the_post_stays_as_it_was(case, evidence):
    """What others send meanwhile stays in the mailbox, in its order; other people's answers as well."""
    return wrong_call(case, evidence)


@call.criterion(on=["late death", "answers and dies", "answers, dies later", "post"], points=2, shows=shows_call)
def nothing_of_the_call_is_left(case, evidence):
    """When a call is over no Down of its server is in the mailbox, then or later; and nothing else is missing there."""
    return wrong_call(case, evidence)


def script_and_rows(case, right, evidence):
    """The case as a table: what is asked of whom, what everybody should hear, and what they hear in the reader's."""
    rows = [("", "at", "what")]
    rows += [("", f"{second:g} s", f"{who} {did}") for second, who, did in steps_in_words(case)]
    rows += [("should", f"{row[0]:g} s", happening(row)) for row in right]
    return [*rows, *[("yours", f"{row[0]:g} s", happening(row)) for row in evidence["rows"]]]


@call.scenario
def what_ann_heard(case, evidence):
    return script_and_rows(case, right_calls(case), evidence)


# Exercise 2: the loop ------------------------------------------------------------------------------------------------

serve = Exercise("serve", defines=["serve"], parts=["serve"], minutes=17, lines=27)


@serve.cases
def days(random):
    """Scripts again; here it is the shop that lives by the reader's code."""

    def case(kind, *script, traps=False, first=None):
        return {"kind": kind, "script": [list(step) for step in script], "traps": traps, "first": first}

    def tenths(low, high):
        return random.randint(low * 10, high * 10) / 10

    a, b, c, d = goods(random, 4)
    reason, other = random.sample(REASONS, 2)
    odd = [None, *random.sample([False, 0, []], 3)]
    yield case("calls", (1, "Ann", "call", ["answer", a]), (2, "Bea", "call", ["answer", b]))
    yield case("calls", (1, "Ann", "call", ["sleep", tenths(1, 3), ["answer", c]]), (1.5, "Bea", "call", ["answer", d]))
    yield case("calls", *[(second, "Ann", "call", ["answer", value]) for second, value in enumerate(odd, 1)])
    mixed = random.sample([("cast", a), ("tell", "shop", b), ("cast", c), ("tell", "shop", d)], 4)
    yield case("casts", *[(second, "Ann", *step) for second, step in enumerate(mixed, 1)],
               (6, "Ann", "call", ["answer", random.choice([a, b])]))  # fmt: skip
    yield case("promised", (1, "Ann", "call", ["later", tenths(3, 4), a]), (2, "Bea", "call", ["answer", b]))
    yield case("promised", (1, "Ann", "call", ["never"]), (2, "Bea", "call", ["later", tenths(1, 3), c]))
    yield case("gave up", (1, "Ann", "call", ["later", tenths(3, 5), a], 2), (8, "Ann", "look"))
    yield case("gave up", (1, "Ann", "call", ["sleep", tenths(3, 5), ["answer", b]], 2), (8, "Ann", "look"))
    yield case("stops", (1, "Ann", "cast", a), (2, "Ann", "cast", ["stop", reason]), (3, "Ann", "cast", b))
    yield case("stops", (1, "Ann", "call", ["stop", other]), (3, "parent", "look"))
    yield case("stops", (1, "Ann", "tell", "shop", ["stop", "normal"]), (2, "parent", "look"))
    yield case(
        "told to stop", (tenths(1, 2), "street", "stop", random.choice(["normal", reason])), (3, "parent", "look")
    )
    yield case("last answer", (1, "Ann", "call", ["stop", reason, c]), (2, "parent", "look"))
    yield case("crashes", (1, "Ann", "cast", a), (2, "Ann", "cast", ["exit", reason]), (3, "parent", "look"))
    yield case("crashes", (1, "Ann", "call", ["exit", other]), (3, "parent", "look"))
    yield case("parent", (1, "Ann", "call", ["answer", a]), (2, "parent", "exit", reason), (3, "parent", "look"),
               traps=True)  # fmt: skip
    yield case("stranger", (1, "Ann", "exit", other), (2, "Bea", "call", ["answer", d]), traps=True)
    wait = tenths(2, 4)
    yield case("silence", (1, "Ann", "call", ["after", wait, a]), (30, "Ann", "call", ["answer", b]))
    yield case("silence", (1, "Ann", "cast", ["after", wait]), (30, "Ann", "cast", c))
    yield case("silence", (20, "Ann", "cast", d), first=["after", wait])
    yield case("no silence", (1, "Ann", "call", ["after", wait, a]), (wait, "Bea", "cast", b), (30, "Ann", "cast", c))


@serve.driver
def let_it_serve(student, case):
    from letitcrash.gen_server import Answer, CallFailed
    from letitcrash.gen_server.words import Call
    from letitcrash.process import events as ev
    from letitcrash.scenario.calls import play_calls

    async def ask(me, server, request, patience=20):
        pid, ref = me.whereis(server), me.alias()
        if pid is not None:
            me.send(pid, Call(request, ref))
        answer = await me.receive(ref, timeout=patience)
        me.unalias(ref)
        if type(answer) is not Answer:
            raise CallFailed("no answer", server, request)
        return answer.value

    rows, world = play_calls({**case, "until": 200}, ask, student.serve)
    for event in world.trace.of(ev.Exited):
        if isinstance(event.reason, BaseException):
            raise event.reason
    return {"rows": rows, "run": list(world.trace.lines())}


def right_day(case):
    """What everybody hears when the shop lives by the library's loop."""
    return run_calls({**case, "until": 200})


wrong_reply, shows_reply = compared(right_day, "gets")
wrong_handler, shows_handler = compared(right_day, "call", "cast", "info")
wrong_finding, shows_finding = compared(right_day, "gets", "finds")
wrong_end, shows_end = compared(right_day, "terminate", "exits")
wrong_life, shows_life = compared(right_day, "call", "cast", "info", "terminate", "exits")


@serve.criterion(on=["calls", "casts"], points=2, shows=shows_reply)
def every_call_is_answered(case, evidence):
    """Who calls gets what handle_call returns, None and False as well."""
    return wrong_reply(case, evidence)


@serve.criterion(on=["casts", "calls"], points=2, shows=shows_handler)
def each_message_has_its_callback(case, evidence):
    """Calls go to handle_call, casts to handle_cast, everything else to handle_info, in the order in which it came."""
    return wrong_handler(case, evidence)


@serve.criterion(on=["promised", "calls"], shows=shows_reply)
def an_answer_may_come_later(case, evidence):
    """NoReply is no answer: the server goes on, and somebody answers later or nobody does."""
    return wrong_reply(case, evidence)


@serve.criterion(on=["gave up", "calls"], shows=shows_finding)
def an_answer_goes_to_its_reference(case, evidence):
    """Answers go to the reference of the call: when that has closed, they are lost and not in a mailbox."""
    return wrong_finding(case, evidence)


@serve.criterion(on=["stops", "told to stop", "casts"], points=2, shows=shows_life)
def stop_is_the_end(case, evidence):
    """After Stop, or when told to stop: terminate, with the reason, the exit, with the reason, and nothing more."""
    return wrong_life(case, evidence)


@serve.criterion(on=["last answer", "stops"], shows=shows_reply)
def the_last_answer_is_given(case, evidence):
    """Stop with a reply answers the call before the server is gone; without one it does not."""
    return wrong_reply(case, evidence)


@serve.criterion(on=["crashes", "calls"], points=2, shows=shows_end)
def a_crash_is_tidied_up_and_stays_a_crash(case, evidence):
    """When a callback crashes terminate runs and is told why, and the server exits with that reason."""
    return wrong_end(case, evidence)


@serve.criterion(on=["parent", "stranger"], points=2, shows=shows_life)
def only_the_parent_says_bedtime(case, evidence):
    """The parent's exit signal is the order to stop; anybody else's is a message for handle_info."""
    return wrong_life(case, evidence)


@serve.criterion(on=["silence", "no silence"], points=2, shows=shows_life)
def silence_is_told_once(case, evidence):
    """After(seconds) without a message: handle_info hears a Timeout, once; when a message comes before, none."""
    return wrong_life(case, evidence)


@serve.scenario
def what_the_shop_did(case, evidence):
    return script_and_rows(case, right_day(case), evidence)


# Exercise 3: a store that handles no error ---------------------------------------------------------------------------

till = Exercise(
    "till", defines=["Till", "store"], parts=["Till", "store"], needs=["call", "serve"], minutes=11, lines=12
)


@till.cases
def tuesdays(random):
    """Customers [second, basket], and who is killed when. What has no price has a smudged label."""
    names = goods(random, 6)
    prices = {item: random.randint(30, 900) for item in names}
    stock = {item: random.randint(40, 60) for item in names}

    def basket(size):
        return random.sample(names, size)

    def smudged(size):
        return [*basket(size - 1), f"{random.choice(names)}?"]

    def case(kind, *customers, kills=()):
        people = [[second, what] for second, what in customers]
        return {"kind": kind, "stock": stock, "prices": prices, "customers": people, "kills": list(kills)}

    yield case("good day", (1, basket(2)), (10, basket(3)), (20, basket(1)))
    yield case("two at once", (1, basket(3)), (2.5, basket(2)))
    yield case("smudged", (1, basket(2)), (10, smudged(3)), (20.5, basket(2)))
    yield case("smudged", (1, smudged(2)), (10.5, basket(3)))
    yield case("clerk falls", (1, basket(1)), (12.5, basket(2)), kills=[[10.5, "clerk"]])
    yield case("till falls", (1, basket(2)), (12.5, basket(1)), kills=[[10.5, "till"]])
    bad = [(second, smudged(1)) for second in (10.1, 11.6, 13.1)]
    yield case("three smudged", (1, basket(1)), *bad, (20.5, basket(2)))
    yield case("smudged all day", *[(round(5 + 1.05 * number, 2), smudged(1)) for number in range(60)])


@till.driver
def a_day_in_the_store(student, case):
    from letitcrash import World
    from letitcrash.gen_server import CallFailed
    from letitcrash.process import events as ev
    from letitcrash.supervisor import Supervisor

    world, said, evening = World(), [], {}
    world.start(student.store(Supervisor.with_loop(student.serve), case["stock"], case["prices"]))

    async def customer(me, number, basket):
        try:
            cents = await student.call(me, "till", ("sell", basket), 60)
        except CallFailed:
            said.append([number, "fails", me.now])
        else:
            said.append([number, cents, me.now])

    async def manager(me):
        for what, server, question in (("cents", "safe", "cents"), ("stock", "shelf", "stock")):
            if me.whereis(server):
                evening[what] = await student.call(me, server, question)

    def come(number, basket):
        world.spawn(customer, number, basket, label=f"customer {number}")

    for number, (second, basket) in enumerate(case["customers"], start=1):
        world.at(second, come, number, basket)
    for second, who in case["kills"]:
        world.at(second, lambda who=who: world.whereis(who) and world.exit(who, "kill"))
    world.at(100, world.spawn, manager)
    world.run(until=120)
    for event in world.trace.of(ev.Exited):
        if isinstance(event.reason, BaseException) and event.pid.label not in ("clerk", "safe", "shelf"):
            raise event.reason
    run = world.trace
    if len(run) > 600:  # a long day: the tree alone
        run = run.of(
            ev.SupervisorStarted, ev.Spawned, ev.Exited, ev.ChildStarted, ev.ChildExited, ev.Restarted, ev.GaveUp
        )
    starts = [event.id for event in world.trace.of(ev.ChildStarted)]
    return {
        "said": sorted(said),
        **evening,
        "starts": {id: starts.count(id) for id in dict.fromkeys(starts)},
        "open": world.whereis("till") is not None,
        "run": list(run.lines()),
    }


def is_smudged(case, basket):
    """Whether something in it has no price."""
    return any(item not in case["prices"] for item in basket)


def baskets(case):
    """Number, second and basket of each customer."""
    return [(number, *each) for number, each in enumerate(case["customers"], start=1)]


def wrong_sale(case, evidence):
    """The first customer who should have been served and was not, or paid something else: their number and why."""
    paid = {number: cents for number, cents, _ in evidence["said"]}
    for number, second, basket in baskets(case):
        if is_smudged(case, basket):
            continue
        right = sum(case["prices"][item] for item in basket)
        if paid.get(number) != right:
            got = "no answer" if number not in paid else f"paid {shown(paid[number])}"
            got = "call failed" if paid.get(number) == "fails" else got
            return number, f"the sale to customer {number} at {second:g} s, {', '.join(basket)}, {right} cents: {got}"


def wrong_evening(case, evidence):
    """What is wrong with shelf and safe in the evening, or None."""
    sold = [basket for _, _, basket in baskets(case) if not is_smudged(case, basket)]
    cents = sum(case["prices"][item] for basket in sold for item in basket)
    told = f"{len(sold)} of {len(case['customers'])} sales went through"
    if evidence.get("cents") != cents:
        return f"{told}: in the safe should be {cents} cents, and there are {shown(evidence.get('cents', 'none'))}"
    for item, count in case["stock"].items():
        left = count - sum(basket.count(item) for basket in sold)
        has = evidence["stock"].get(item) if isinstance(evidence.get("stock"), dict) else None
        if has != left:
            return f"{told}: on the shelf should be {left} times {item}, and there is {shown(has)}"


def wrong_refusal(case, evidence):
    """The first customer with a smudged label who got an answer: their number and why that is wrong."""
    paid = {number: cents for number, cents, _ in evidence["said"]}
    for number, second, basket in baskets(case):
        if is_smudged(case, basket) and paid.get(number, "fails") != "fails":
            what = f"customer {number} came at {second:g} s with {', '.join(basket)}"
            return number, f"{what}: no sale, for a label that nobody can read; and the answer is {shown(paid[number])}"


def wrong_starts(case, evidence):
    """Whether safe or shelf were started anew, in words; or None."""
    for id in ("safe", "shelf"):
        if evidence["starts"].get(id) != 1:
            fell = ", ".join(f"{who} at {second:g} s" for second, who in case["kills"]) or "nobody was killed"
            return f"{fell}: the {id}, which knows every sale, is started {shown(evidence['starts'].get(id))} times"


def wrong_hours(case, evidence):
    """Whether the store is open when it should be closed, or the other way round; or None."""
    if case["kind"] == "smudged all day" and evidence["open"]:
        return "every second a broken sale, for a minute, and the store is still open: when does it give up?"
    if case["kind"] == "three smudged" and not evidence["open"]:
        return "three broken sales within five seconds, and the store has closed for good"


def where(*wrongs):
    """What shows a criterion: the run, at the moment where the first of these went wrong."""

    def shows(case, evidence):
        events = run_of(evidence)
        for wrong in wrongs:
            found = wrong(case, evidence)
            if found is None:
                continue
            number, why = found if isinstance(found, tuple) else (None, found)
            if number is not None:
                at = last_heard(events, f"customer {number}")
            elif wrong is wrong_starts:
                again = [index for index, event in enumerate(events) if type(event) is ev.ChildStarted and event.again]
                at = next(index for index in again if events[index].id in ("safe", "shelf"))
            elif wrong is wrong_hours:
                at = last_of(events, ev.GaveUp, ev.Restarted)
            else:  # shelf and safe are wrong: here the till fell, with what it had done so far
                at = next(
                    (n for n, each in enumerate(events) if type(each) is ev.Exited and is_of("till", each.pid)), -1
                )
                at %= len(events)
            return events, at, f"{why[0].upper()}{why[1:]}"

    return shows


@till.criterion(on=["good day", "two at once"], points=2, shows=where(wrong_sale, wrong_evening))
def everybody_pays_the_right_sum(case, evidence):
    """Who buys pays what it costs; the money is in the safe, and what was bought no longer on the shelf."""
    wrong = wrong_sale(case, evidence)
    return wrong[1] if wrong else wrong_evening(case, evidence)


@till.criterion(on=["smudged", "good day"], shows=where(wrong_refusal, wrong_sale))
def a_broken_sale_is_no_answer(case, evidence):
    """Where a label cannot be read the customer's call fails; whatever the till makes up is not an answer."""
    wrong = wrong_refusal(case, evidence)
    if wrong:
        return wrong[1]
    if len(evidence["said"]) != len(case["customers"]):
        return f"{len(case['customers'])} sales were begun, and {len(evidence['said'])} of them ever ended"
    if case["kind"] == "good day" and (wrong := wrong_sale(case, evidence)):
        return wrong[1]


@till.criterion(on=["smudged", "good day"], points=2, shows=where(wrong_evening))
def nothing_is_half_sold(case, evidence):
    """A broken sale leaves shelf and safe as they were."""
    return wrong_evening(case, evidence)


@till.criterion(on=["smudged", "clerk falls", "till falls", "good day"], points=2, shows=where(wrong_sale))
def the_next_one_is_served(case, evidence):
    """Whoever has fallen, the next customer is served as on any other day."""
    wrong = wrong_sale(case, evidence)
    return wrong[1] if wrong else None


@till.criterion(on=["till falls", "clerk falls", "good day"], shows=where(wrong_starts, wrong_evening))
def who_did_not_fall_stays(case, evidence):
    """Safe and shelf are never started anew, and what was earned is still there."""
    return wrong_starts(case, evidence) or wrong_evening(case, evidence)


@till.criterion(on=["three smudged", "smudged all day"], points=2, shows=where(wrong_hours))
def the_store_knows_when_to_close(case, evidence):
    """Three smudged labels in five seconds close no store; one every second, all day, does."""
    return wrong_hours(case, evidence)


@till.scenario
def the_sales(case, evidence):
    paid = {number: cents for number, cents, _ in evidence["said"]}
    rows = [("customer", "came", "basket", "should pay", "yours")]
    for number, second, basket in baskets(case)[:12]:
        right = "fails" if is_smudged(case, basket) else sum(case["prices"][item] for item in basket)
        rows.append((number, f"{second:g} s", ", ".join(basket), right, shown(paid.get(number, "no answer"))))
    rows += [(who, f"{second:g} s", "is killed", "", "") for second, who in case["kills"]]
    if not isinstance(evidence, dict):
        return [*rows, ("the day", "", "", "", shown(evidence))]
    return [*rows, *[(what, "", "", "", shown(evidence.get(what))) for what in ("cents", "starts", "open")]]


# Exercise 4: the ticket ----------------------------------------------------------------------------------------------

ticket = Exercise("ticket", defines=["weigh"], parts=["weigh"], minutes=10, lines=14)

NAMES = ["Ann", "Bea", "Cem", "Dan", "Eve", "Fay"]


@ticket.cases
def afternoons(random):
    """Customers come every ten seconds; `scale` is what the scale does at each question.

    ["after", seconds, grams, again]: it answers, perhaps a second time so many seconds later; ["never"]; ["dies",
    seconds, reason]; ["last", seconds, reason, grams]: it answers and dies in one breath.
    """

    def grams():
        return random.randint(60, 1900)

    def soon():
        return ["after", random.randint(2, 15) / 10, grams(), None]

    patience = random.randint(30, 40) / 10

    def case(kind, *scale, **more):
        items = [random.choice(GOODS) for _ in scale]
        people = [[10 * number, name, item] for number, (name, item) in enumerate(zip(NAMES, items, strict=False), 1)]
        return {"kind": kind, "customers": people, "scale": list(scale), "patience": patience, "post": [], **more}

    def late(seconds):
        return ["after", seconds, grams(), None]

    yield case("quick", soon(), soon(), soon())
    yield case("slow", late(11), late(2.5), soon())  # while the next one waits
    yield case("slow", late(6), soon())  # while nobody waits
    yield case("slow", late(21.5), late(10.5), late(2.9), soon())  # both while the third one waits
    yield case("stutters", ["after", 1, grams(), 10], late(2.5), soon())
    yield case("stutters", ["after", 0.5, grams(), 0.5], soon())
    yield case("silent", ["never"], ["never"], soon())
    yield case("dies", ["dies", random.randint(5, 20) / 10, random.choice(REASONS)], soon())
    yield case("last number", ["last", random.randint(5, 20) / 10, random.choice(REASONS), grams()], soon())
    yield case("nobody", soon(), soon(), scale_from=15)
    yield case("post", soon(), late(2.8), post=[[8, "lunch?"], [11, "the phone"], [21, "closing time"]])
    yield case("post", ["never"], soon(), post=[[12, "the phone"], [14, "lunch?"]])


@ticket.driver
def an_afternoon(student, case):
    from letitcrash import World
    from letitcrash.gen_server import CallFailed
    from letitcrash.gen_server.by_hand import Grams, Weigh
    from letitcrash.process import Exit
    from letitcrash.process import events as ev

    world, said, asked, people = World(), [], [], []
    plan = list(case["scale"])

    async def old_scale(me):
        while True:
            question = await me.receive(Weigh)
            asked.append(me.now)
            what, *rest = plan.pop(0) if plan else ["never"]
            if what == "after":
                seconds, grams, again = rest
                me.send_after(seconds, question.back, Grams(grams))
                if again is not None:
                    me.send_after(seconds + again, question.back, Grams(grams))
            if what in ("dies", "last"):
                await me.sleep(rest[0])
                if what == "last":
                    me.send(question.back, Grams(rest[2]))
                raise Exit(rest[1])

    async def counter(me):
        people.append(me)
        while True:
            _, name, item = await me.receive(lambda message: type(message) is tuple and message[0] == "customer")
            began = me.now
            try:
                grams = await student.weigh(me, "scale", item, case["patience"])
            except CallFailed as failed:
                said.append([name, "fails", failed.cause, round(began, 6), round(me.now, 6)])
            else:
                said.append([name, "pays for", grams, round(began, 6), round(me.now, 6)])

    def a_scale_is_there():
        if world.whereis("scale") is None:
            scales.append(world.spawn(old_scale, name="scale"))

    scales = []
    for second in (case.get("scale_from", 0), 18.5):
        world.at(second, a_scale_is_there)
    pid = world.spawn(counter, name="counter")
    for second, name, item in case["customers"]:
        world.at(second, world.send, pid, ("customer", name, item))
    for second, word in case["post"]:
        world.at(second, world.send, pid, word)
    world.run(until=200)
    ends = {event.pid: event.reason for event in world.trace.of(ev.Exited)}
    for each, reason in ends.items():
        if isinstance(reason, BaseException) and each not in scales:
            raise reason
    started = [event.pid for event in world.trace.of(ev.Spawned)]
    return {
        "said": said,
        "asked": len(asked),
        "left": [message if isinstance(message, str) else type(message).__name__ for message in people[0].mailbox],
        "helpers": sum(each not in (pid, *scales) and each not in ends for each in started),
        "hurt": any(ends.get(each) in ("kill", "killed", "shutdown") for each in scales),
        "run": list(world.trace.lines()),
    }


def right_afternoon(case):
    """What happens with the library's `weigh`."""
    from letitcrash.gen_server.by_hand import weigh

    return an_afternoon(type("Library", (), {"weigh": staticmethod(weigh)}), case)


def wrong_customer(case, evidence, of=("pays for", "fails"), times=True):
    """The first customer to whom something else happened: when it ended, and what is wrong; or None."""
    had = {name: (what, value, ended) for name, what, value, _, ended in evidence["said"]}
    for name, what, value, began, ended in right_afternoon(case)["said"]:
        mine = had.get(name, ("nothing", None, None))
        if what in of and mine[: 3 if times else 2] != (what, value, ended)[: 3 if times else 2]:
            end = 199 if mine[2] is None else mine[2]
            return (
                end,
                f"{name}'s turn is at {began:g} s, and it should be: {_fate(what, value, ended)}; is: {_fate(*mine)}",
            )


def _fate(what, value, ended):
    if what == "pays for" and value is None:
        return f"at {ended:g} s None, which is no number (is an await missing, or a return?)"
    if what == "pays for":
        return f"at {ended:g} s the price of {shown(value)} g"
    if what == "fails":
        return f"at {ended:g} s the word that there is no number ({shown(value)})"
    return "no word, ever"


def where_it_mixed_up(case, evidence):
    """The run, at the moment when the wrong word was said to a customer; else at the evening."""
    events = run_of(evidence)
    if wrong := wrong_customer(case, evidence):
        return events, last_heard(events, "counter", wrong[0]), wrong[1]
    why, lies = wrong_leftovers(case, evidence) or wrong_budget(case, evidence), where_it_lies(events, "counter")
    return (events, len(events) - 1 if lies is None else lies, f"{why[0].upper()}{why[1:]}") if why else None


def wrong_leftovers(case, evidence):
    """What is in the counter's mailbox in the evening and should not be, or the helpers still waiting; or None."""
    if not evidence["asked"]:
        return "the scale should have been asked, and in the evening nobody has"
    right = right_afternoon(case)["left"]
    if evidence["left"] != right:
        return f"in the evening the mailbox should hold {shown(right)}, and it holds {shown(evidence['left'])}"
    if evidence["helpers"]:
        return f"in the evening nobody should wait any more, and {evidence['helpers']} processes that you started do"


def wrong_budget(case, evidence):
    """Whether the scale was asked more often than there were customers, or hurt; or None."""
    right = right_afternoon(case)["asked"]
    if evidence["asked"] != right:
        return f"the scale should have been asked {right} times, and was asked {evidence['asked']} times"
    if evidence["hurt"]:
        return "the scale should be left in peace, and somebody killed it; it is old, and the only one"


@ticket.criterion(on=["quick", "slow", "stutters"], points=3, shows=where_it_mixed_up)
def everybody_pays_for_their_own(case, evidence):
    """Target: whoever pays, pays for what they put on the scale, and never for what somebody else did."""
    wrong = wrong_customer(case, evidence, of=["pays for"], times=False)
    return wrong and wrong[1]


@ticket.criterion(on=["silent", "slow", "quick"], points=2, shows=where_it_mixed_up)
def nobody_waits_longer_than_the_patience(case, evidence):
    """When the patience is over the customer is told so, at that moment: not before, not after, not with a number."""
    wrong = wrong_customer(case, evidence, of=["fails"] if case["kind"] != "quick" else ["pays for"])
    return wrong and f"the patience is {case['patience']:g} s: {wrong[1]}"


@ticket.criterion(on=["dies", "nobody", "quick"], points=2, shows=where_it_mixed_up)
def a_scale_that_is_gone_is_told_at_once(case, evidence):
    """When the scale dies, or was never there, the customer hears it at once, and why; the next is served."""
    wrong = wrong_customer(case, evidence)
    return wrong and wrong[1]


@ticket.criterion(on=["silent", "slow", "stutters", "last number", "post"], points=2, shows=where_it_mixed_up)
def in_the_evening_nothing_is_left(case, evidence):
    """In the evening no stray answer is in the mailbox, nobody's post is missing, and no helper waits for ever."""
    return wrong_leftovers(case, evidence)


@ticket.criterion(on=["slow", "silent", "dies", "quick"], points=1, shows=where_it_mixed_up)
def the_scale_is_asked_once_and_left_in_peace(case, evidence):
    """Budget: one question for each customer, and nobody kills the scale."""
    return wrong_budget(case, evidence)


def _does(told):
    match told:
        case ["after", seconds, grams, None]:
            return f"says {grams} g after {seconds:g} s"
        case ["after", seconds, grams, again]:
            return f"says {grams} g after {seconds:g} s, and once more {again:g} s later"
        case ["never"]:
            return "says nothing"
        case ["dies", seconds, reason]:
            return f"dies after {seconds:g} s ({reason})"
        case [_, seconds, reason, grams]:
            return f"says {grams} g after {seconds:g} s and dies ({reason})"


@ticket.scenario
def the_counter(case, evidence):
    had = {name: (what, value, ended) for name, what, value, _, ended in evidence["said"]}
    rows = [("customer", "what the scale does", "should be", "yours")]
    plan = iter(case["scale"])
    for name, what, value, _, ended in right_afternoon(case)["said"]:
        mine = had.get(name, ("nothing", None, None))
        told = "is not there" if value == "noproc" else _does(next(plan))
        rows.append((name, told, _fate(what, value, ended), _fate(*mine)))
    if not isinstance(evidence, dict):
        return [*rows, ("the day", "", "", shown(evidence))]
    return [*rows, ("left", "", "", shown(evidence["left"])), ("asked", "", "", shown(evidence["asked"]))]
