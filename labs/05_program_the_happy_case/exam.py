"""The exam of lab 5: a call, a server's loop, a store that handles no error, and a question to an old scale.

The library plays the same cases, and its evidence is the right one; the library's own tests compare it with Erlang.
The events of a case have moments of their own. Two processes that hear something in the same instant hear it in no
order, so that order is not compared; the order in which one process hears things is.
"""

from letitcrash.classroom.exam import Exercise, any_value, moments, same, shown, versus
from letitcrash.process import events as ev
from letitcrash.scenario.calls import difference, happening, parted, run_calls
from letitcrash.text import number_of
from letitcrash.trace import read

GOODS = ["eggs", "milk", "bread", "ham", "jam", "tea", "salt", "beans", "figs", "rice", "plums", "leeks"]
REASONS = ["smudged label", "out of labels", "badmatch", "fell asleep", "no till roll"]


def goods(random, count):
    """Different goods, `count` of them."""
    return random.sample(GOODS, count)


def rows_of(rows, *wanted, but=()):
    """The rows that say one of the `wanted` things, or anything when none is named; rows about `but` are left out."""
    return [row for row in rows if (not wanted or row[2] in wanted) and row[1] not in but]


# Where a run went wrong ----------------------------------------------------------------------------------------------


def run_of(evidence):
    """The run of this evidence, as events of the trace."""
    return list(read(evidence["run"]))


def is_of(who, pid):
    """Tell if this is the pid of `who`, as a trace in a file has it."""
    return isinstance(pid, str) and pid.endswith(f" {who}>")


def last_heard(events, who, second=1e9, kinds=(ev.Received, ev.TimedOut)):
    """The index of the last event that `who` heard up to `second`; of their last event at all, when they heard none."""
    own = [index for index, event in enumerate(events) if is_of(who, getattr(event, "pid", None))]
    own = [index for index in own if events[index].at <= second + 1e-6]
    heard = [index for index in own if isinstance(events[index], kinds)]
    return (heard or own)[-1]


def last_of(events, *kinds):
    """The index of the last event of these kinds; of the last event of the run, when there is none."""
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
    """The index of the event at which a process first hears something else than it should."""
    who, is_so, should_be = parted(mine, right)
    second, _, what, _ = is_so or should_be
    lies = where_it_lies(events, who) if what == "finds" else None
    if lies is not None:
        return lies
    ends = (ev.Exited,) if what in ("exits", "terminate") else (ev.Received, ev.TimedOut)
    return last_heard(events, who, second, ends)


# Exercise 1: the call ------------------------------------------------------------------------------------------------

call = Exercise("call", defines=["call"], parts={"call": "letitcrash.gen_server:call"}, minutes=16, lines=16)

LOOK = 90
"""The second at which every client looks into its mailbox: messages still under way have arrived by then."""


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
    from letitcrash.gen_server.messages import NOTHING, Call
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
    """The rows of a run with the library's call, without those of the shop."""
    return rows_of(run_calls({**case, "until": 200}), but=["shop"])


def steps_in_words(case):
    """The second of each step, its actor, and what the actor does."""
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
            return f", which is busy for {seconds:g} s,{_asked(then)}"
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
    """A call returns the shop's answer, and None and False are answers too."""
    return wrong_answer(case, evidence)


@call.criterion(on=["dies", "answers"], points=2, shows=shows_word)
def the_call_fails_as_the_server_did(case, evidence):
    """A call fails in the instant in which the shop dies, with the shop's reason; normal is a reason too."""
    return wrong_word(case, evidence)


@call.criterion(on=["nobody", "answers"], shows=shows_word)
def nobody_there_is_noproc(case, evidence):
    """A call to a name that nobody has, or to a dead process, fails at once with noproc."""
    return wrong_word(case, evidence)


@call.criterion(on=["itself", "answers"], shows=shows_word)
def nobody_waits_for_himself(case, evidence):
    """A process that calls itself is told so at once."""
    return wrong_word(case, evidence)


@call.criterion(on=["too late", "in time", "patient"], points=2, shows=shows_word)
def it_waits_so_long_and_no_longer(case, evidence):
    """A call fails when its seconds are over and not before: after five unless told otherwise, and never with None."""
    return wrong_word(case, evidence)


@call.criterion(on=["late answer", "answers"], points=2, shows=shows_call)
def a_late_answer_is_nobodys(case, evidence):
    """An answer that comes too late is dropped: the next call does not get it, and it is not in the mailbox."""
    return wrong_call(case, evidence)


@call.criterion(on=["post", "answers"], shows=shows_call)
def the_post_stays_as_it_was(case, evidence):
    """Messages that others send meanwhile stay in the mailbox, in their order; so do answers to other questions."""
    return wrong_call(case, evidence)


@call.criterion(on=["late death", "answers and dies", "answers, dies later", "post"], points=2, shows=shows_call)
def nothing_of_the_call_is_left(case, evidence):
    """A call that is over leaves no Down of its server in the mailbox, then or later, and takes no other message."""
    return wrong_call(case, evidence)


def script_and_rows(case, right, evidence):
    """The case as a table: its steps, the rows that should happen, and those of the reader's run."""
    rows = [("", "at", "what")]
    rows += [("", f"{second:g} s", f"{who} {did}") for second, who, did in steps_in_words(case)]
    rows += [("should", f"{row[0]:g} s", happening(row)) for row in right]
    return [*rows, *[("yours", f"{row[0]:g} s", happening(row)) for row in evidence["rows"]]]


@call.scenario
def what_ann_heard(case, evidence):
    return script_and_rows(case, right_calls(case), evidence)


@call.search(rounds=50, step_by_step=False, words=lambda each: in_words_of_the_calls(each))
def two_clients_and_two_shops(random, size):
    """Steps in the order of their seconds, which are eighths; a death is in the middle of an eighth.

    [at, client, "asks", shop, by its name or pid, what it does, timeout], [at, client, "watches", shop],
    [at, client, "hears", kind, value], [at, None, "dies", shop, reason], [at, None, "opens", shop].
    """

    def eighths(low, high):
        return random.randint(low, high) / 8

    def reply():
        value, reason = any_value(random, none=True), random.choice(["normal", any_value(random, none=True)])
        return random.choice(
            [
                *[["answers", eighths(0, 40), value]] * 4,
                ["answers twice", eighths(0, 24), value, eighths(0, 60)],
                ["never answers"],
                ["dies", eighths(0, 24), reason],
                ["answers and dies", eighths(0, 24), value, reason],
            ]
        )

    def step(at):
        what, who, shop = random.random(), random.randrange(2), random.randrange(2)
        if what < 0.1:
            return [at, who, "watches", shop]
        if what < 0.25:
            return [
                at,
                who,
                "hears",
                random.choice(["value", "answer", "down", "time-out"]),
                any_value(random, none=True),
            ]
        if what < 0.33:
            return [at + 1 / 16, None, "dies", shop, any_value(random, none=True)]
        if what < 0.4:
            return [at, None, "opens", shop]
        by, timeout = random.choice(["name", "name", "pid"]), random.choice([None, 5, eighths(1, 40) + 1 / 32, 0])
        if by == "pid" and timeout == 0:
            timeout = 1 / 32
        return [at, who, "asks", shop if random.random() < 0.95 else "itself", by, reply(), timeout]

    return {"steps": sorted((step(at) for at in moments(random, size)), key=lambda each: each[0])}


@call.player
def ask_two_shops(student, case):
    """Yield, client by client, [at, client, step, "gets" or "fails", what], and the mailbox at the end."""
    from letitcrash import World
    from letitcrash.gen_server import Answer, CallFailed
    from letitcrash.gen_server.messages import Call
    from letitcrash.process import Down, Exit, ExitSignal, Timeout
    from letitcrash.process import events as ev

    world, seen, people, names, first = World(), [[], []], [None, None], ("eggs", "milk"), {}

    async def shop(me):
        while True:
            question = await me.receive(Call)
            what, *rest = question.request[1]
            if what in ("answers", "answers twice"):
                seconds, value, *again = rest
                for later in [0, *again]:
                    me.send_after(seconds + later, question.caller, Answer(question.caller, value))
            elif what != "never answers":
                await me.sleep(rest[0])
                if what == "answers and dies":
                    me.send(question.caller, Answer(question.caller, rest[1]))
                raise Exit(rest[-1])

    def opens(which):
        if world.whereis(names[which]) is None:
            first.setdefault(which, world.spawn(shop, name=names[which]))

    def dies(which, reason):
        if (pid := world.whereis(names[which])) is not None:
            world.exit(pid, reason)

    def hears(who, kind, value):
        ref = people[who].make_ref()
        messages = {
            "answer": Answer(ref, value),
            "down": Down(ref=ref, pid=first[0], reason=value),
            "time-out": Timeout(),
        }
        world.send(people[who].pid, messages.get(kind, value))

    async def client(me, who):
        people[who] = me
        for number, (at, own, what, *rest) in enumerate(case["steps"]):
            if own != who or what == "hears":
                continue
            if at > me.now:
                await me.sleep(at - me.now)
            if what == "watches":
                me.monitor(first[rest[0]])
                continue
            which, by, told, timeout = rest
            whom = names[who] + "'s client" if which == "itself" else names[which]
            pid = me.pid if which == "itself" else first[which]
            request = (number, told)
            try:
                value = await student.call(
                    me, whom if by == "name" else pid, request, *([] if timeout == 5 else [timeout])
                )
            except CallFailed as failed:
                _, (_, server, asked) = failed.reason
                is_named = asked is request and server == (whom if by == "name" else pid)
                said = failed.cause if is_named else "with another server or request in it"
                seen[who].append([me.now, who, number, "fails", said])
            else:
                seen[who].append([me.now, who, number, "gets", value])
        await me.receive(lambda message: False)

    def plain(message):
        kinds = {Answer: "answer", Down: "down", Timeout: "time-out", ExitSignal: "exit"}
        value = getattr(message, "value", getattr(message, "reason", None))
        return [kinds[type(message)], value] if type(message) in kinds else ["value", message]

    for which in (0, 1):
        opens(which)
    clients = [world.spawn(client, who, name=f"{names[who]}'s client") for who in (0, 1)]
    for at, who, what, *rest in case["steps"]:
        if what in ("dies", "opens", "hears"):
            world.at(
                at, {"dies": dies, "opens": opens, "hears": hears}[what], *([who] if what == "hears" else []), *rest
            )
    for which in (0, 1):
        world.at(900, dies, which, "closing time")
    world.run(until=1000)
    for event in world.trace.of(ev.Exited):
        if event.pid in clients:
            raise event.reason if isinstance(event.reason, BaseException) else Exit(event.reason)
    for who, me in enumerate(people):
        yield from seen[who]
        yield {"client": who, "left": [plain(message) for message in me.mailbox]}


def in_words_of_the_calls(each):
    """A step, or a result, in words."""
    people, shops = ("Ann", "Bea"), {0: "the first shop", 1: "the second shop", "itself": "itself"}
    if isinstance(each, dict):
        left = ", ".join(f"{kind} {shown(value)}" for kind, value in each["left"]) or "nothing"
        return f"left in {people[each['client']]}'s mailbox: {left}"
    at, who, what, *rest = each
    if what == "asks":
        which, by, (does, *told), timeout = rest
        waits = "for ever" if timeout is None else f"{timeout:g} s"
        means = f"{does} ({', '.join(map(shown, told))})"
        return f"{at:g} s: {people[who]} asks {shops[which]} by its {by}, which {means}, and waits {waits}"
    if what == "watches":
        return f"{at:g} s: {people[who]} monitors {shops[rest[0]]} for itself"
    if what == "hears":
        return f"{at:g} s: somebody sends {people[who]} another's {rest[0]}, {shown(rest[1])}"
    if what in ("dies", "opens"):
        return f"{at:g} s: {shops[rest[0]]} {what}{'' if what == 'opens' else f', {shown(rest[1])}'}"
    return f"at {at:g} s the call of {people[who]} in step {what + 1} {rest[0]}: {shown(rest[1])}"


# Exercise 2: the loop ------------------------------------------------------------------------------------------------

serve = Exercise("serve", defines=["serve"], parts={"serve": "letitcrash.gen_server:serve"}, minutes=20, lines=27)


@serve.cases
def days(random):
    """Scripts again; here the shop runs on the reader's loop."""

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
    from letitcrash.gen_server.messages import Call
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
    """The rows of a run in which the shop runs on the library's loop."""
    return run_calls({**case, "until": 200})


wrong_reply, shows_reply = compared(right_day, "gets")
wrong_handler, shows_handler = compared(right_day, "call", "cast", "info")
wrong_finding, shows_finding = compared(right_day, "gets", "finds")
wrong_end, shows_end = compared(right_day, "terminate", "exits")
wrong_life, shows_life = compared(right_day, "call", "cast", "info", "terminate", "exits")


@serve.criterion(on=["calls", "casts"], points=2, shows=shows_reply)
def every_call_is_answered(case, evidence):
    """A caller gets the value that handle_call returns, None and False as well."""
    return wrong_reply(case, evidence)


@serve.criterion(on=["casts", "calls"], points=2, shows=shows_handler)
def each_message_has_its_callback(case, evidence):
    """Calls go to handle_call, casts to handle_cast, all other messages to handle_info, in the order of arrival."""
    return wrong_handler(case, evidence)


@serve.criterion(on=["promised", "calls"], shows=shows_reply)
def an_answer_may_come_later(case, evidence):
    """NoReply sends no answer: the server goes on, and the answer comes later or never."""
    return wrong_reply(case, evidence)


@serve.criterion(on=["gave up", "calls"], shows=shows_finding)
def an_answer_goes_to_its_reference(case, evidence):
    """An answer goes to the reference of the call: when that has closed, the answer is lost, and is in no mailbox."""
    return wrong_finding(case, evidence)


@serve.criterion(on=["stops", "told to stop", "casts"], points=2, shows=shows_life)
def stop_is_the_end(case, evidence):
    """A server that stops, by itself or when told to, runs terminate with the reason, exits with it, and is gone."""
    return wrong_life(case, evidence)


@serve.criterion(on=["last answer", "stops"], shows=shows_reply)
def the_last_answer_is_given(case, evidence):
    """A Stop with a reply answers the call before the server exits; a Stop without one does not."""
    return wrong_reply(case, evidence)


@serve.criterion(on=["crashes", "calls"], points=2, shows=shows_end)
def a_crash_is_tidied_up_and_stays_a_crash(case, evidence):
    """A callback that crashes is followed by terminate with the reason, and the server exits with that reason."""
    return wrong_end(case, evidence)


@serve.criterion(on=["parent", "stranger"], points=2, shows=shows_life)
def only_the_parent_says_bedtime(case, evidence):
    """The parent's exit signal is an order to stop; any other process's is a message for handle_info."""
    return wrong_life(case, evidence)


@serve.criterion(on=["silence", "no silence"], points=2, shows=shows_life)
def silence_is_told_once(case, evidence):
    """After(seconds) gives handle_info one Timeout when no message comes, and none when a message comes before."""
    return wrong_life(case, evidence)


@serve.scenario
def what_the_shop_did(case, evidence):
    return script_and_rows(case, right_day(case), evidence)


@serve.search(rounds=50, step_by_step=False, words=lambda each: in_words_of_the_days(each))
def two_shops(random, size):
    """Steps [at, shop, how, what the shop does, value], in the order of their seconds.

    `how` is "call", "cast" or "info", a message of that kind; "stop request"; "parent" or "stranger", whose exit signal
    comes; "first", which is what the shop begins with; "tidies", what its terminate does. A silence ends in the middle
    of an eighth of a second. If a terminate raises, the text leaves open whether a last answer is given: none is due.
    """

    def reason():
        return random.choice(["normal", "shutdown", any_value(random, none=True)])

    def seconds():
        return random.choice([0, 1 / 16, random.randint(1, 40) / 8 + 1 / 16])

    def step(at):
        how = random.choice(["call"] * 5 + ["cast"] * 3 + ["info"] * 3 + ["stop request", "parent", "stranger"])
        shop = random.randrange(2)
        if how in ("stop request", "parent", "stranger"):
            return [at, shop, how, "ends", random.choice([None, 0, reason(), reason(), reason()])]
        does = [["goes on"], ["goes on"], ["goes on"], ["after", seconds()], ["stop", reason()], ["raise", error()]]
        if how == "call":
            value = random.choice([None, *[any_value(random)] * 3])
            last = ["stop and answer", reason(), random.choice([None, value])]
            does = [*[["answer", value]] * 4, ["busy", random.randint(1, 16) / 8, value],
                    ["reply", value, random.choice([None, seconds()])],
                    ["no reply", random.choice([None, seconds()])], ["no reply", seconds()],
                    ["later", random.randint(1, 16) / 8, value], ["raise", error()], ["stop", reason()],
                    ["stop", reason()] if shop in raising else last]  # fmt: skip
        return [at, shop, how, random.choice(does), any_value(random, none=True)]

    def error():
        return random.choice([{"$error": ["ValueError", "eggs"]}, {"$error": ["KeyError", 1]}, ["exit", reason()]])

    first = [["after", seconds()], ["after", seconds()], ["stop", reason()]]
    begins = [[0, shop, "first", random.choice(first), None] for shop in (0, 1) if random.random() < 0.2]
    raising = [shop for shop in (0, 1) if random.random() < 0.4]
    begins += [[0, shop, "tidies", ["raise", error()], None] for shop in raising]
    begins += [[0, shop, "tidies", ["busy", random.randint(1, 6) / 8], None] for shop in (0, 1) if shop not in raising]
    return {"steps": begins + [step(at) for at in moments(random, size)]}


@serve.player
def let_two_serve(student, case):
    """Yield, shop by shop, the callbacks with second and message, and the exit; then the answer to each caller."""
    from letitcrash import World
    from letitcrash.gen_server import After, Answer, NoReply, Reply, Stop, cast
    from letitcrash.gen_server.messages import Call, StopRequest
    from letitcrash.process import Exit, ExitSignal, Timeout
    from letitcrash.process import events as ev
    from letitcrash.process.start import init_ack, start_link

    world, seen, got, shops = World(), [[], []], {}, []

    def waits(seconds):
        return None if seconds is None else After(seconds)

    class Shop:
        def __init__(self, me, which):
            self.me, self.which = me, which

        def log(self, callback, message):
            seen[self.which].append([self.me.now, self.which, callback, message])

        async def handle_call(self, request, caller):
            self.log("call", request[1])
            match request[0]:
                case ["answer", value]:
                    return value
                case ["reply", value, seconds]:
                    return Reply(value, waits(seconds))
                case ["busy", seconds, value]:
                    await self.me.sleep(seconds)
                    return value
                case ["no reply", seconds]:
                    return NoReply(waits(seconds))
                case ["later", seconds, value]:
                    self.me.send_after(seconds, caller, Answer(caller, value))
                    return NoReply()
                case ["stop and answer", reason, value]:
                    return Stop(reason, value)
                case told:
                    return self.act(told)

        async def handle_cast(self, message):
            self.log("cast", message[1])
            return self.act(message[0])

        async def handle_info(self, message):
            if type(message) is Timeout:
                return self.log("info", "silence")
            if type(message) is ExitSignal:
                return self.log("info", ["exit", message.reason])
            self.log("info", message[1])
            return self.act(message[0])

        def act(self, told):
            match told:
                case ["after", seconds]:
                    return After(seconds)
                case ["stop", reason]:
                    return Stop(reason)
                case ["raise", ["exit", reason]]:
                    raise Exit(reason)
                case ["raise", error]:
                    raise error

        async def terminate(self, reason):
            self.log("terminate", reason)
            for _, shop, how, does, _ in case["steps"]:
                if how == "tidies" and shop == self.which:
                    if does[0] == "busy":
                        await self.me.sleep(does[1])
                    self.act(does)

    async def live(me, which, first):
        me.trap_exit = True
        init_ack(me)
        await student.serve(Shop(me, which), first)

    async def parent(me):
        me.trap_exit = True
        for which in (0, 1):
            begins = [what for _, own, how, what, _ in case["steps"] if how == "first" and own == which]
            begin = {"after": After, "stop": Stop}[begins[0][0]](begins[0][1]) if begins else None
            pid, _ = await start_link(me, live, which, begin)
            shops.append(pid)
        while True:
            match await me.receive():
                case ("sign", pid, reason):
                    me.exit(pid, reason)

    async def stranger(me, pid, reason):
        me.exit(pid, reason)

    async def customer(me, number, pid, request):
        ref = me.alias()
        me.send(pid, Call(request, ref))
        answer = await me.receive(ref, timeout=1 + 1 / 32)
        me.unalias(ref)
        got[number] = [me.now, *(["gets", answer.value] if type(answer) is Answer else ["gives up"])]
        later = await me.receive(timeout=100)
        if type(later) is not Timeout:
            got[number].append("and finds one more message")

    def act(number, shop, how, what, value):
        pid = shops[shop]
        if how == "call":
            world.spawn(customer, number, pid, (what, value))
        elif how in ("cast", "info"):
            world.spawn(tell, how, pid, (what, value))
        elif how == "stop request":
            world.send(pid, StopRequest(value))
        elif how == "parent":
            world.send(owner, ("sign", pid, value))
        elif how == "stranger":
            world.spawn(stranger, pid, value)

    async def tell(me, how, pid, message):
        if how == "cast":
            cast(me, pid, message)
        else:
            me.send(pid, message)

    owner = world.spawn(parent)
    world.run(until=1 / 64)
    for number, (at, *step) in enumerate(case["steps"]):
        if step[1] not in ("first", "tidies"):
            world.at(at, act, number, *step)
    world.run(until=1000)
    for event in world.trace.of(ev.Exited):
        if event.pid in shops:
            seen[shops.index(event.pid)].append([event.at, shops.index(event.pid), "exit", event.reason])
    for rows in seen:
        yield from rows
    for number in sorted(got):
        yield {"step": number, "answer": got[number]}


def in_words_of_the_days(each):
    """A step, or a result, in words."""
    if isinstance(each, dict):
        at, did, *value = each["answer"]
        return f"at {at:g} s the caller of step {each['step'] + 1} {' '.join([did, *map(shown, value)])}"
    if len(each) == 4:
        at, shop, callback, message = each
        words = {"exit": "exits with", "terminate": "runs terminate with"}
        return f"at {at:g} s shop {shop} {words.get(callback, f'runs handle_{callback} with')} {shown(message)}"
    at, shop, how, does, value = each
    if how == "tidies":
        return f"shop {shop}: its terminate {'is busy for' if does[0] == 'busy' else 'raises'} {shown(does[1])}"
    told = "" if does == "ends" else f"; it {' '.join(map(shown, does))}"
    said = {"call": "call", "cast": "cast", "info": "plain message", "first": "beginning"}
    ends = {
        "stop request": "StopRequest",
        "parent": "exit signal of the parent",
        "stranger": "exit signal of a stranger",
    }
    return f"{at:g} s, shop {shop}: {({**said, **ends})[how]} {shown(value) if how != 'first' else ''}{told}"


# Exercise 3: a store that handles no error ---------------------------------------------------------------------------

till = Exercise(
    "till",
    defines=["Till", "store"],
    parts={"Till": "letitcrash.supervisor.lab_reference:Till", "store": "letitcrash.supervisor.lab_reference:store"},
    needs=["call", "serve"],
    minutes=14,
    lines=13,
)


@till.cases
def tuesdays(random):
    """Customers [second, basket], and kills [second, name]. An item without a price has a smudged label."""
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
    """Tell if an item in the basket has no price."""
    return any(item not in case["prices"] for item in basket)


def baskets(case):
    """Number, second and basket of each customer."""
    return [(number, *each) for number, each in enumerate(case["customers"], start=1)]


def wrong_sale(case, evidence):
    """The first customer who was not served, or paid something else than the sum: their number and why; or None."""
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
    """The fault of shelf or safe in the evening, in words; or None."""
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
    """The first customer with a smudged label who got an answer: their number and why that is wrong; or None."""
    paid = {number: cents for number, cents, _ in evidence["said"]}
    for number, second, basket in baskets(case):
        if is_smudged(case, basket) and paid.get(number, "fails") != "fails":
            what = f"customer {number} came at {second:g} s with {', '.join(basket)}"
            return (
                number,
                f"{what}: a label cannot be read, so there should be no sale; the answer is {shown(paid[number])}",
            )


def wrong_starts(case, evidence):
    """The restart of safe or shelf, in words; None when both were started once."""
    for id in ("safe", "shelf"):
        if evidence["starts"].get(id) != 1:
            fell = ", ".join(f"{who} at {second:g} s" for second, who in case["kills"]) or "nobody was killed"
            return f"{fell}: the {id}, which knows every sale, is started {shown(evidence['starts'].get(id))} times"


def wrong_hours(case, evidence):
    """The store open when it should be closed, or the other way round, in words; or None."""
    if case["kind"] == "smudged all day" and evidence["open"]:
        return "a broken sale every second, for a minute, and the store is still open: when does it give up?"
    if case["kind"] == "three smudged" and not evidence["open"]:
        return "three broken sales within five seconds, and the store has closed for good"


def where(*wrongs):
    """A function for `shows`: the run, at the moment where the first of these went wrong."""

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
    """A customer pays the sum of the prices; the money is in the safe, and the goods are no longer on the shelf."""
    wrong = wrong_sale(case, evidence)
    return wrong[1] if wrong else wrong_evening(case, evidence)


@till.criterion(on=["smudged", "good day"], shows=where(wrong_refusal, wrong_sale))
def a_broken_sale_is_no_answer(case, evidence):
    """A customer with a label that cannot be read gets no answer: the call fails."""
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
    """The next customer is served as on any other day, whichever server fell before."""
    wrong = wrong_sale(case, evidence)
    return wrong[1] if wrong else None


@till.criterion(on=["till falls", "clerk falls", "good day"], shows=where(wrong_starts, wrong_evening))
def who_did_not_fall_stays(case, evidence):
    """Safe and shelf are never started anew, and the money that was earned is still there."""
    return wrong_starts(case, evidence) or wrong_evening(case, evidence)


@till.criterion(on=["three smudged", "smudged all day"], points=2, shows=where(wrong_hours))
def the_store_knows_when_to_close(case, evidence):
    """The store stays open at three smudged labels in five seconds, and closes at one every second, all day."""
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


@till.search(
    rounds=14, step_by_step=False, agree=lambda *each: wrong_day(*each), words=lambda each: in_words_of_the_sales(each)
)
def two_stores_and_two_tills(random, size):
    """Steps [place, slot, "buys", basket], [place, slot, "asks", request], [place, slot, "falls", who].

    A slot is ten seconds. No case of a till's fits the request that somebody asks.

    Places 0 and 1 are stores of the reader's, 2 and 3 tills of the reader's among servers of the library's. A basket
    may be empty, and may hold an item twice; an item without a price has a smudged label. In 2 and 3 a pumpkin has a
    price, and the shelf has none. In one slot there is either a single customer, or some whose sale goes well, or a
    strange request, or the fall of a server.
    """
    names = goods(random, 4)
    few = [0, *random.sample(range(1, 900), 2)]
    stores = [[[item, random.choice(few)] for item in names] for _ in range(4)]
    for each in stores[2:]:
        each.append(["pumpkin", random.randint(1, 900)])

    def steps():
        for slot in range(1 + size // 3):
            place, what = random.randrange(4), random.random()
            basket = [random.choice(names) for _ in range(random.choice([0, 1, 2, 2, 3, 4]))]
            if what < 0.2:
                yield [place, slot, "falls", random.choice(["clerk", "till"])]
            elif what < 0.3:
                refund = {"$tuple": [random.choice(["refund", "price"]), [*basket, random.choice(names)]]}
                yield [place, slot, "asks", random.choice(["sell", refund, refund])]
            elif what < 0.45:
                yield [place, slot, "buys", random.sample([*basket, "smudge"], len(basket) + 1)]
            elif what < 0.6:
                sold_out = random.sample([*basket, "pumpkin"], len(basket) + 1)
                yield [random.choice([2, 3]), slot, "buys", sold_out]
            else:
                yield [place, slot, "buys", basket]
                if what < 0.8:
                    yield [random.randrange(4), slot, "buys", random.choices(names, k=2)]

    return {"prices": dict(enumerate_as_text(stores)), "steps": list(steps())}


def enumerate_as_text(each):
    """Pairs of text and dict, for a dict as JSON has it."""
    return ((str(number), dict(pairs)) for number, pairs in enumerate(each))


@till.player
def sell_in_four_places(student, case):
    """Yield each customer's number and cents, or "fails"; then the cents and goods of each place, and if it is open.

    With these stands the number of times that the shelf was asked for something.
    """
    from letitcrash import World
    from letitcrash.gen_server import CallFailed
    from letitcrash.gen_server.messages import Call
    from letitcrash.process import events as ev
    from letitcrash.supervisor import Child, Supervisor
    from letitcrash.supervisor.lab_reference import Clerk, Safe, Shelf

    said, worlds, evenings = [], [World() for _ in range(4)], [["nothing", "nothing", False, 0] for _ in range(4)]
    ours, strange = Supervisor.with_loop(student.serve), []  # strange: when a till is asked what it does not understand
    for place, world in enumerate(worlds):
        prices = case["prices"][str(place)]
        stock = {item: 99 for item in prices if item != "pumpkin"}
        if place < 2:
            world.start(student.store(ours, stock, prices))
            continue
        shelf, clerk = (
            Child("shelf", Shelf, args=(stock,), name="shelf"),
            Child("clerk", Clerk, args=(prices,), name="clerk"),
        )
        others = [Child("safe", Safe, name="safe"), shelf, clerk]
        world.start(Supervisor([*others, Child("till", student.Till, name="till")], intensity=9, period=5))

    async def customer(me, number, request):
        try:
            cents = await student.call(me, "till", request, 60)
        except CallFailed:
            cents = "fails"
        said.append([number, cents])

    async def manager(me, evening):
        for at, server, question in ((0, "safe", "cents"), (1, "shelf", "stock")):
            if me.whereis(server):
                evening[at] = await student.call(me, server, question)
        evening[2] = me.whereis("till") is not None

    for number, (place, slot, what, which) in enumerate(case["steps"]):
        world = worlds[place]
        if what == "buys":
            world.at(10 * slot + 1, world.spawn, customer, number, ("sell", which))
        elif what == "asks":
            world.at(10 * slot + 1, world.spawn, customer, number, which)
            strange.append((world, 10 * slot + 1))
        else:
            world.at(10 * slot + 1, lambda world=world, who=which: world.whereis(who) and world.exit(who, "kill"))
    for world, evening in zip(worlds, evenings, strict=True):
        world.at(190, world.spawn, manager, evening)
    for second in (100, 200):
        for world in worlds:
            world.run(until=second)
    for world in worlds:
        for event in world.trace.of(ev.Exited):
            if event.pid.label in ("clerk", "safe", "shelf") or (world, event.at) in strange:
                continue
            if isinstance(event.reason, BaseException):
                raise event.reason
    for world, evening in zip(worlds, evenings, strict=True):
        heard = [event.message for event in world.trace.of(ev.Received) if event.pid.label == "shelf"]
        asked = [message.request for message in heard if type(message) is Call and type(message.request) is tuple]
        evening[3] = sum(bool(request[-1]) for request in asked)  # an empty basket may be asked for or not
    yield from sorted(said, key=lambda each: each[0])
    yield from evenings


def wrong_day(case, seen, expected):
    """The first sale or evening that is not as it should be, in a sentence; None when all are."""
    right = [*expected]
    steps = case["steps"]
    for at, each in enumerate(right[:-4]):
        mine = seen[at] if at < len(seen) - 4 else None
        if not same(mine, each):
            words = in_words_of_the_sales(steps[each[0]])
            return f"{words}: {_sold(each)} should come of it, and {_sold(mine)} did"
    if len(seen) != len(right):
        return f"{len(right) - 4} sales should end, and {len(seen) - 4} did"
    for place, (mine, each) in enumerate(zip(seen[-4:], right[-4:], strict=True)):
        for what, one, other in zip(EVENING, each, mine, strict=True):
            if not same(other, one):
                asked = "; ".join(in_words_of_the_sales(step) for step in steps if step[0] == place)
                return f"{asked or PLACES[place]}: in the evening {what} {versus(one, other)}"
    return None


def _sold(each):
    if not isinstance(each, list) or len(each) != 2:
        return "nothing"
    return "a failed call" if each[1] == "fails" else f"the answer {'None' if each[1] is None else shown(each[1])}"


EVENING = ("the cents in the safe", "the goods on the shelf", "the store being open", "the questions to the shelf")
PLACES = ("store 1", "store 2", "the till of store 3", "the till of store 4")


def in_words_of_the_sales(each):
    """A step, or a result, in words."""
    if len(each) == 2:
        return f"the customer of step {each[0] + 1} gets {shown(each[1])}"
    if isinstance(each[2], bool):
        cents, goods, is_open, asked = map(shown, each)
        return f"cents {cents}, goods {goods}, open: {is_open}, questions to the shelf: {asked}"
    place, slot, what, which = each
    if what == "asks":
        return f"{10 * slot + 1} s, {PLACES[place]}: somebody asks for {shown(which)}, which no case fits"
    second, basket = f"{10 * slot + 1} s, {PLACES[place]}", ", ".join(which) if isinstance(which, list) else which
    return f"{second}: a customer buys {basket or 'nothing'}" if what == "buys" else f"{second}: the {basket} is killed"


# Exercise 4: the ticket ----------------------------------------------------------------------------------------------

ticket = Exercise(
    "ticket", defines=["weigh"], parts={"weigh": "letitcrash.gen_server.lab_reference:weigh"}, minutes=13, lines=16
)

NAMES = ["Ann", "Bea", "Cem", "Dan", "Eve", "Fay"]


@ticket.cases
def afternoons(random):
    """Customers come every ten seconds; `scale` holds what the scale does at each question.

    ["after", seconds, grams, again]: it answers, perhaps a second time so many seconds later; ["never"]; ["dies",
    seconds, reason]; ["last", seconds, reason, grams]: it answers and dies in the same instant.
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
    yield case("stutters", ["after", 1, grams(), 0], late(2.5), soon())
    yield case("stutters", soon(), soon(), ["after", 1, grams(), 0])
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
    from letitcrash.gen_server.lab_reference import Grams, Weigh
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
    """The evidence of the library's `weigh`."""
    from letitcrash.gen_server.lab_reference import weigh

    return an_afternoon(type("Library", (), {"weigh": staticmethod(weigh)}), case)


def wrong_customer(case, evidence, of=("pays for", "fails"), times=True):
    """The first customer whose turn ended otherwise than it should: its end and what is wrong; or None."""
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
    return "no word at all"


def where_it_mixed_up(case, evidence):
    """The run, at the moment when a customer was told something wrong; else in the evening."""
    events = run_of(evidence)
    if wrong := wrong_customer(case, evidence):
        return events, last_heard(events, "counter", wrong[0]), wrong[1]
    why, lies = wrong_leftovers(case, evidence) or wrong_budget(case, evidence), where_it_lies(events, "counter")
    return (events, len(events) - 1 if lies is None else lies, f"{why[0].upper()}{why[1:]}") if why else None


def wrong_leftovers(case, evidence):
    """The wrong messages in the counter's mailbox in the evening, or the helpers still waiting, in words; or None."""
    if not evidence["asked"]:
        return "in the evening nobody has asked the scale, and somebody should have"
    right = right_afternoon(case)["left"]
    if evidence["left"] != right:
        return f"in the evening the mailbox should hold {_listed(right)}, and it holds {_listed(evidence['left'])}"
    if evidence["helpers"]:
        return f"in the evening no process should wait any more, and {evidence['helpers']} that you started still do"


def _listed(messages):
    return ", ".join(map(shown, messages)) if messages or not isinstance(messages, list) else "nothing"


def wrong_budget(case, evidence):
    """A scale that was asked too often or too seldom, or killed, in words; or None."""
    right = right_afternoon(case)["asked"]
    if evidence["asked"] != right:
        asked = number_of(evidence["asked"], "time")
        return f"the scale should have been asked {number_of(right, 'time')}, and was asked {asked}"
    if evidence["hurt"]:
        return "nobody should kill the scale, and somebody did; it is old, and the only one"


@ticket.criterion(on=["quick", "slow", "stutters"], points=3, shows=where_it_mixed_up)
def everybody_pays_for_their_own(case, evidence):
    """Target: each customer pays for what they put on the scale themselves, never for somebody else's goods."""
    wrong = wrong_customer(case, evidence, of=["pays for"], times=False)
    return wrong and wrong[1]


@ticket.criterion(on=["silent", "slow", "quick"], points=2, shows=where_it_mixed_up)
def nobody_waits_longer_than_the_patience(case, evidence):
    """The customer is told so at the moment when the patience is over: not before, not after, and not with a number."""
    wrong = wrong_customer(case, evidence, of=["fails"] if case["kind"] != "quick" else ["pays for"])
    return wrong and f"the patience is {case['patience']:g} s: {wrong[1]}"


@ticket.criterion(on=["dies", "nobody", "quick"], points=2, shows=where_it_mixed_up)
def a_scale_that_is_gone_is_told_at_once(case, evidence):
    """The customer is told at once, and why, when the scale dies or was never there; the next one is served."""
    wrong = wrong_customer(case, evidence)
    return wrong and wrong[1]


@ticket.criterion(on=["silent", "slow", "stutters", "last number", "post"], points=2, shows=where_it_mixed_up)
def in_the_evening_nothing_is_left(case, evidence):
    """The mailbox holds no stray number in the evening, no other message is missing, and no helper waits for ever."""
    return wrong_leftovers(case, evidence)


@ticket.criterion(on=["slow", "silent", "dies", "quick"], points=1, shows=where_it_mixed_up)
def the_scale_is_asked_once_and_left_in_peace(case, evidence):
    """Budget: the scale is asked once for each customer, and is not killed."""
    return wrong_budget(case, evidence)


def _does(told):
    match told:
        case ["after", seconds, grams, None]:
            return f"says {grams} g after {seconds:g} s"
        case ["after", seconds, grams, 0]:
            return f"says {grams} g after {seconds:g} s, twice in the same instant"
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


@ticket.search(rounds=50, step_by_step=False, words=lambda each: in_words_of_the_weighing(each))
def two_counters_and_two_scales(random, size):
    """Steps [at, counter, "weighs", item, scale, what it does, patience], [at, counter, "watches", scale].

    [at, counter, "hears", kind, value] is another process's message; [at, None, "breaks" or "stands", scale, reason].
    Questions come on eighths of a second, answers too; deaths and the ends of patience lie between.
    """

    def eighths(low, high):
        return random.randint(low, high) / 8

    def reply():
        grams, reason = random.choice([0, *[random.randint(1, 1900)] * 4]), random.choice(["normal", any_value(random)])
        return random.choice(
            [
                *[["says", eighths(1, 32), grams]] * 4,
                ["says twice", eighths(1, 24), grams, random.choice([0, eighths(1, 60)])],
                ["is silent"],
                ["dies", eighths(1, 24) + 1 / 16, reason],
                ["says and dies", eighths(1, 24) + 1 / 16, grams, reason],
            ]
        )

    def step(at):
        what, counter, scale = random.random(), random.randrange(2), random.randrange(2)
        if what < 0.1:
            return [at, counter, "watches", scale]
        if what < 0.3:
            return [at, counter, "hears", random.choice(["value", "answer", "down", "time-out"]), any_value(random)]
        if what < 0.4:
            return [at + 1 / 16, None, random.choice(["breaks", "stands"]), scale, any_value(random)]
        return [at, counter, "weighs", random.choice(GOODS), scale, reply(), eighths(1, 32) + 1 / 32]

    return {"steps": sorted((step(at) for at in moments(random, size)), key=lambda each: each[0])}


@ticket.player
def weigh_at_two_counters(student, case):
    """Yield, by counter, [at, counter, step, "pays for" or "fails", what] and the mailbox; then what the scales saw."""
    from letitcrash import World
    from letitcrash.gen_server import Answer, CallFailed
    from letitcrash.gen_server.lab_reference import Grams
    from letitcrash.process import Down, Exit, Timeout
    from letitcrash.process import events as ev

    world, seen, people, asked, hurt = World(), [[], []], [None, None], [[], []], []
    names, scales, ours, plans = ("old scale", "new scale"), ([], []), [], {}

    async def stands_there(me, which):
        while True:
            question = await me.receive()
            if type(question) is tuple:  # the end that was arranged
                _, back, reason, *grams = question
                for each in grams:
                    me.send(back, Grams(each))
                raise Exit(("broken", reason))
            asked[which].append([me.now, question.item])
            what, *rest = plans[which, question.item].pop(0)
            if what in ("says", "says twice"):
                seconds, grams, *again = rest
                for later in [0, *again]:
                    me.send_after(seconds + later, question.back, Grams(grams))
            elif what != "is silent":
                seconds, *grams, reason = rest
                me.send_after(seconds, me.pid, ("end", question.back, reason, *grams))

    def stands(which, reason=None):
        if world.whereis(names[which]) is None:
            scales[which].append(world.spawn(stands_there, which, name=names[which]))

    def breaks(which, reason):
        if (pid := world.whereis(names[which])) is not None:
            world.exit(pid, ("broken", reason))

    def hears(counter, kind, value):
        ref = people[counter].make_ref()
        messages = {
            "answer": Answer(ref, value),
            "down": Down(ref=ref, pid=scales[0][0], reason=value),
            "time-out": Timeout(),
        }
        world.send(people[counter].pid, messages.get(kind, value))

    async def counter(me, which):
        people[which] = me
        for number, (at, own, what, *rest) in enumerate(case["steps"]):
            if own != which or what == "hears":
                continue
            start = max(at, -(-me.now * 8 // 1) / 8)  # questions on eighths, deaths between them
            if start > me.now:
                await me.sleep(start - me.now)
            if what == "watches":
                me.monitor(scales[rest[0]][0])
                continue
            item, scale, told, patience = rest
            item = f"{item} of step {number + 1}"
            plans[scale, item] = [told]
            try:
                said = ["pays for", await student.weigh(me, names[scale], item, patience)]
            except CallFailed as failed:
                is_named = failed.reason[1][1:] == (names[scale], item)
                said = ["fails", failed.cause if is_named else "with another scale or item in it"]
            if told[0] == "says and dies" and said in (["pays for", told[2]], ["fails", ("broken", told[3])]):
                said = ["hears one of two", ""]
            seen[which].append([me.now, which, number, *said])
        await me.receive(lambda message: False)

    def plain(message):
        kinds = {Answer: "answer", Down: "down", Timeout: "time-out", Grams: "grams"}
        value = getattr(message, "value", getattr(message, "reason", getattr(message, "grams", None)))
        return [kinds[type(message)], value] if type(message) in kinds else ["value", message]

    for which in (0, 1):
        stands(which)
    ours = [world.spawn(counter, which, name=f"counter {which}") for which in (0, 1)]
    for at, who, what, *rest in case["steps"]:
        if what == "hears":
            world.at(at, hears, who, *rest)
        elif what in ("breaks", "stands"):
            world.at(at, {"breaks": breaks, "stands": stands}[what], *rest)
    world.run(until=800)
    living = {event.pid for event in world.trace.of(ev.Spawned)} - {event.pid for event in world.trace.of(ev.Exited)}
    helpers = len(living - {*ours, *scales[0], *scales[1]})
    for which in (0, 1):
        breaks(which, "evening")
    world.run(until=1000)
    for event in world.trace.of(ev.Exited):
        if event.pid in (*scales[0], *scales[1]):
            if type(event.reason) is not tuple or event.reason[:1] != ("broken",):
                hurt.append(event.reason)
        elif event.pid in ours or isinstance(event.reason, BaseException):
            raise event.reason if isinstance(event.reason, BaseException) else Exit(event.reason)
    for which, me in enumerate(people):
        yield from seen[which]
        yield {"counter": which, "left": [plain(message) for message in me.mailbox]}
    yield {"asked": sorted(asked[0] + asked[1]), "helpers": helpers, "hurt": len(hurt)}


def in_words_of_the_weighing(each):
    """A step, or a result, in words."""
    if isinstance(each, dict) and "left" in each:
        left = ", ".join(f"{kind} {shown(value)}" for kind, value in each["left"]) or "nothing"
        return f"left in the mailbox of counter {each['counter'] + 1}: {left}"
    if isinstance(each, dict):
        questions = ", ".join(f"{item} at {at:g} s" for at, item in each["asked"]) or "nothing"
        return f"the scales were asked for {questions}; helpers waiting: {each['helpers']}; scales hurt: {each['hurt']}"
    at, counter, what, *rest = each
    if what == "weighs":
        item, scale, (does, *told), patience = rest
        means = f"{does} ({', '.join(map(shown, told))})" if told else does
        asked = f"{at:g} s: counter {counter + 1} weighs {item} on scale {scale + 1}"
        return f"{asked}, which {means}; patience {patience:g} s"
    if what == "watches":
        return f"{at:g} s: counter {counter + 1} monitors scale {rest[0] + 1} for itself"
    if what == "hears":
        return f"{at:g} s: counter {counter + 1} is sent another's {rest[0]}, {shown(rest[1])}"
    if what in ("breaks", "stands"):
        return f"{at:g} s: scale {rest[0] + 1} {'breaks' if what == 'breaks' else 'is there'}"
    return f"at {at:g} s counter {counter + 1}, step {what + 1}: {rest[0]} {shown(rest[1])}"


@ticket.tells
def customers_and_seconds(cases, evidence):
    """The figures that the ticket was judged by."""
    said = [(case, each) for case, seen in zip(cases, evidence, strict=True) for each in seen["said"]]
    paid = sum(what == "pays for" for _, (_, what, *_) in said)
    over = max(ended - began - case["patience"] for case, (_, _, _, began, ended) in said)
    asked, left = sum(seen["asked"] for seen in evidence), sum(seen["helpers"] for seen in evidence)
    return (
        f"{paid} of {len(said)} customers paid, each for their own; {len(said) - paid} were told why not; nobody "
        f"waited more than {max(0, round(over, 3)):g} s beyond the patience; {asked} questions were asked, and "
        f"{left} helpers are left."
    )
