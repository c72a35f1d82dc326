"""The exam of lab 1: a store with a line, measured without fooling ourselves, and how many tills to open on Friday.

Cases are drawn so that a wrong belief shows under every seed: some customers have to wait, a morning that wakes up
differs from the day, the five o'clock hour differs from the day's average, and one till more or less matters clearly.
"""

from math import exp, sqrt
from statistics import mean, stdev

from letitcrash.classroom.exam import Exercise, close, number, shown, versus
from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.queueing import erlang_b as lost
from letitcrash.queueing import erlang_c as waits
from letitcrash.queueing.events import (
    Arrived,
    Finished,
    Joined,
    Reneged,
    Started,
    StoreOpened,
    TillClosed,
    TillOpened,
)
from letitcrash.queueing.measure import student_t
from letitcrash.text import number_of
from letitcrash.world import hours


def looks_like(got, known):
    """The words of `known` for the number that a wrong answer is near; empty when it is near none of them."""
    return next((f", which is {words}" for words, value in known.items() if close(got, value)), "")


def first_wrong(questions, seen, expected):
    """The first answer that differs from the one expected, in a sentence; floats may differ by rounding.

    `questions` holds the words of each question.
    """
    if not isinstance(seen, list) or len(seen) != len(expected):
        return f"{number_of(len(expected), 'answer')} should come, and yours are {shown(seen)}"
    for question, got, right in zip(questions, seen, expected, strict=True):
        if not alike(got, right):
            return f"{question} {versus(right, got)}"


def alike(got, right):
    """Tell if an answer is right: a number near the right one, a list of numbers near those, or the same word."""
    if isinstance(right, list):
        return isinstance(got, list) and len(got) == len(right) and all(map(alike, got, right))
    return close(got, right) if number(right) else got == right


def erlangs(offered):
    """The load in words, to six digits."""
    return f"{offered:.6g} erlang{'s' * (offered != 1)}"


# Exercise 1: customers and doors -------------------------------------------------------------------------------------

customer = Exercise(
    "customer",
    defines=["customer", "doors"],
    parts={
        "customer": "letitcrash.queueing.lab_reference:customer",
        "doors": "letitcrash.queueing.lab_reference:doors",
    },
    minutes=10,
    lines=8,
)


@customer.cases
def mornings(random):
    came, needs = random.randint(5, 20), random.randint(40, 90)
    yield {"kind": "free", "tills": 1, "taken until": 0, "customers": [[came, needs]]}
    later = came + random.randint(60, 90)
    yield {"kind": "taken", "tills": 1, "taken until": later + random.randint(20, 60), "customers": [[later, needs]]}
    two = [[later, needs], [later + random.randint(5, 20), needs]]
    yield {"kind": "side by side", "tills": 2, "taken until": 0, "customers": two}
    yield {"kind": "line", "tills": 1, "taken until": 0, "customers": [*two, [later + 30, random.randint(10, 30)]]}
    rush = [[random.randint(2, 9), random.randint(60, 90)] for _ in range(4)]
    yield {"kind": "rush", "tills": 9, "visitors": rush}
    yield {"kind": "quiet", "tills": 9, "visitors": [[random.randint(90, 120), random.randint(5, 30)] for _ in "ab"]}
    yield {"kind": "nobody", "tills": 9, "visitors": []}


@customer.driver
def open_the_store(student, case):
    from itertools import count

    import simpy

    env, log, busy, seen = simpy.Environment(), [], [], []
    tills = simpy.Resource(env, capacity=case["tills"])
    ask, give_back, number = tills.request, tills.release, count(1)
    just_in, in_line, at_till = {}, {}, {}

    def see(what, *who):
        if len(seen) < 300:
            seen.append([what, env.now, *who])

    def come_in():
        customer = next(number)
        see("Arrived", customer)
        return customer

    def request():
        customer = just_in.pop(env.active_process, None) or come_in()
        see("Joined", customer, 0)
        turn = ask()
        in_line[turn] = customer
        start(turn) if turn.triggered else turn.callbacks.append(start)
        return turn

    def start(turn):
        if turn in in_line:
            taken = {till for _, till in at_till.values()}
            till = next(till for till in count(1) if till not in taken)
            at_till[turn] = in_line.pop(turn), till
            see("Started", *at_till[turn])

    def release(request):
        if request in tills.users:
            start(request)
        if request in at_till:
            see("Finished", *at_till.pop(request))
        elif request in in_line:
            see("Reneged", in_line.pop(request), 0)
        return give_back(request)

    tills.request, tills.release = request, release

    def one_till_is_taken(seconds):
        with tills.request() as turn:
            yield turn
            yield env.timeout(seconds)

    def come(at, service):
        yield env.timeout(at)
        customer = come_in()
        just_in[env.process(student.customer(env, tills, service, log))] = customer

    def look(times):
        for second in range(times):
            yield env.timeout(0.5 if second == 0 else 1)
            busy.append(tills.count)

    if case.get("taken until"):
        env.process(one_till_is_taken(case["taken until"]))
    if "visitors" in case:
        env.process(student.doors(env, tills, [tuple(visitor) for visitor in case["visitors"]], log))
    for at, service in case.get("customers", ()):
        env.process(come(at, service))
    env.process(look(300))
    env.run(until=2000)
    log = sorted(list(entry) for entry in log)
    return {"log": log, "busy": busy, "still taken": tills.count, "seen": list(seen), "closed": env.now}


HAPPENS = {kind.__name__: kind for kind in (Arrived, Joined, Started, Finished, Reneged)}


def run_of(case, evidence):
    """The run of the reader's store, as events, from opening to closing."""
    tills = range(1, case["tills"] + 1)
    events = [StoreOpened(0, case["tills"], "shared"), *(TillOpened(0, till) for till in tills)]
    events += [HAPPENS[what](at, *who) for what, at, *who in evidence["seen"]]
    return events + [TillClosed(evidence["closed"], till) for till in tills]


def first(events, customer, *kinds):
    """The index of the customer's first event of these kinds, the first kind preferred; None without any."""
    own = [(index, event) for index, event in enumerate(events) if getattr(event, "customer", None) == customer]
    return next((index for kind in kinds for index, event in own if type(event) is kind), None)


def arrivals(events):
    """The number of customers who came in."""
    return sum(type(event) is Arrived for event in events)


WHAT = {Started: "reaches a till", Reneged: "leaves without a till", Joined: "joins the line",
        Arrived: "comes in"}  # fmt: skip


def where_the_wait_ends(case, evidence):
    """Show the moment when Ann, who came last, is at the till, gives up, or still stands there."""
    events, log = run_of(case, evidence), evidence["log"]
    ann = arrivals(events)
    at = first(events, ann, *WHAT)
    waited, said = events[at].at - case["customers"][0][0], f"a wait of {shown(log[0][1])} s" if log else "nothing"
    what = f"{WHAT[type(events[at])]} here, {waited:g} s after coming in"
    return events, at, f"Customer {ann} {what}; the log says {said}"


def where_they_come_in(case, evidence):
    """Show the moment when Ann comes in."""
    events, log = run_of(case, evidence), evidence["log"]
    ann, said = arrivals(events), f"at {shown(log[0][0])} s" if log else "never"
    at = first(events, ann, Arrived)
    return events, at, f"Customer {ann} comes in here, at {events[at].at:g} s; by the log they came {said}"


def where_nobody_is_served(case, evidence):
    """Show the second at which fewer tills are taken than should be, or more."""
    events, (second, why) = run_of(case, evidence), wrongly_taken(case, evidence)
    return events, max(index for index, event in enumerate(events) if event.at <= second + 0.5), why


def where_a_till_stays_taken(case, evidence):
    """Show closing time with somebody still at a till, or else the customer who joins a line that never moves."""
    events = run_of(case, evidence)
    if evidence["still taken"]:
        gone = {event.customer for event in events if type(event) is Finished}
        held = next(event for event in events if type(event) is Started and event.customer not in gone)
        at = events.index(TillClosed(evidence["closed"], held.till))
        took = f"customer {held.customer}, who took till {held.till} at {held.at:g} s"
        return events, at, f"It is closing time, {evidence['closed']} s, and {took}, never gave it back"
    for customer in range(1, arrivals(events) + 1):
        if first(events, customer, Started) is None:
            at = first(events, customer, Joined, Arrived)
            return events, at, f"Customer {customer} {WHAT[type(events[at])]} here and never has a till"


def where_the_doors_close(case, evidence):
    """Show closing time, and the customers who never came."""
    events = run_of(case, evidence)
    came, had_a_till = arrivals(events), sum(type(event) is Started for event in events)
    visitors = number_of(len(case["visitors"]), "visitor")
    return events, len(events) - 1, f"It is closing time: of {visitors}, {came} came in and {had_a_till} had a till"


def where_the_doors_are_late(case, evidence):
    """Show the first visitor who does not come in at the right second."""
    events, due = run_of(case, evidence), 0
    for customer, (gap, _) in enumerate(case["visitors"], start=1):
        due, at = due + gap, first(events, customer, Arrived)
        if at is None:
            return where_the_doors_close(case, evidence)
        if not close(events[at].at, due):
            return events, at, f"Customer {customer} comes in here, at {events[at].at:g} s, and is due at {due} s"


@customer.criterion(on=["free", "taken"], points=2, shows=where_the_wait_ends)
def waits_until_the_till_is_theirs(case, evidence):
    """A customer's wait begins when they join the line and ends when the till is theirs."""
    [[came, needs]], free_at = case["customers"], case["taken until"]
    expected = max(0, free_at - came)
    if len(evidence["log"]) != 1:
        return f"Ann came, the till was free or would be; your log has {number_of(len(evidence['log']), 'line')}"
    waited = evidence["log"][0][1]
    if not close(waited, expected):
        state = f"the till was free from {free_at} s on" if free_at else "the till was free"
        looks = {"the time until she left": expected + needs, "that wait in minutes": expected / 60}
        return (
            f"Ann came at {came} s, {state}, she needed {needs} s there: "
            f"a wait of {expected} s, and the log says {shown(waited)}{looks_like(waited, looks)}"
        )


@customer.criterion(on=["free", "taken"], shows=where_they_come_in)
def the_log_says_when_they_came(case, evidence):
    """The log holds the second at which each customer came, not that of their turn."""
    [[came, _]] = case["customers"]
    if not evidence["log"] or not close(evidence["log"][0][0], came):
        said = shown(evidence["log"][0][0]) if evidence["log"] else "nothing"
        return f"Ann came at {came} s; the log says that she came at {said}"


def wrongly_taken(case, evidence):
    """The first second with too few tills taken, or one before anybody came, and what is wrong then; or None."""
    for second, busy in enumerate(evidence["busy"]):
        served = sum(came <= second < came + needs for came, needs in case["customers"])
        if busy < served or (busy and second < case["customers"][0][0]):
            at_tills = number_of(served, "customer")
            return second, f"{second} s after opening, {at_tills} should be at a till; tills taken: {busy}"


@customer.criterion(on=["free", "side by side"], points=2, shows=where_nobody_is_served)
def keeps_the_till_while_served(case, evidence):
    """A till is taken for as long as somebody is served there, and not before anybody came."""
    if wrong := wrongly_taken(case, evidence):
        return wrong[1]


@customer.criterion(on=["free", "line"], points=2, shows=where_a_till_stays_taken)
def gives_the_till_back(case, evidence):
    """A customer who is done leaves the till free for the next in line."""
    came, had_a_till = len(case["customers"]), len(evidence["log"])
    if evidence["still taken"]:
        return (
            f"{number_of(came, 'customer')} came to one till and {had_a_till} ever had it; long after closing it is "
            "still taken. A customer who leaves must leave it free"
        )
    if had_a_till != came:
        return (
            f"{number_of(came, 'customer')} came to one till, free for the next each time, and {had_a_till} ever had it"
        )


@customer.criterion(on=["rush", "quiet", "nobody"], shows=where_the_doors_close)
def the_doors_let_everybody_in(case, evidence):
    """Every visitor becomes a customer."""
    if len(evidence["log"]) != len(case["visitors"]):
        came, served = len(case["visitors"]), len(evidence["log"])
        visitors = number_of(came, "visitor")
        return f"{visitors} stood at the doors, and {number_of(served, 'customer')} ever reached a till"


@customer.criterion(on=["rush", "quiet"], points=2, shows=where_the_doors_are_late)
def the_doors_do_not_wait(case, evidence):
    """Each visitor comes the given seconds after the one before, and the tills make no difference."""
    due, came = [], [entry[0] for entry in evidence["log"]]
    for gap, _ in case["visitors"]:
        due.append(gap + (due[-1] if due else 0))
    if len(came) != len(due) or not all(map(close, came, due)):
        return f"visitors stood at the doors at {shown(due)} s and came in at {shown(came)} s"


@customer.scenario
def who_came_when(case, evidence):
    rows = [("came after", "seconds at the till")] + [tuple(visitor) for visitor in case.get("visitors", [])]
    if "customers" in case:
        rows = [("came at", "seconds at the till"), *map(tuple, case["customers"])]
    return [*rows, ("your log, (arrived, waited)", shown(evidence["log"]))]


@customer.search(words=lambda each: in_words_of_the_store(each))
def two_stores(random, size):
    """Steps [store, gap, service] of two stores on one clock; some customers come together, after no gap."""
    return {
        "opens": random.choice([0, random.randrange(1, 80) / 8]),
        "tills": [random.randint(1, 3), random.randint(1, 3)],
        "steps": [
            [
                random.randrange(2),
                random.choice([0, *[random.randrange(1, 160) / 8] * 3]),
                random.choice([0, random.randrange(800) / 8]),
            ]
            for _ in range(size)
        ],
    }


@customer.player
def serve_two_stores(student, case):
    """Yield both logs in order of arrival, and the tills taken a moment after each arrival and at the end."""
    import simpy

    env = simpy.Environment(case["opens"])
    tills, logs, taken = [simpy.Resource(env, capacity) for capacity in case["tills"]], ([], []), []
    visitors = [[(gap, service) for store, gap, service in case["steps"] if store == each] for each in (0, 1)]

    def look(store):
        for gap, _ in visitors[store]:
            yield env.timeout(gap + (1 / 16 if not taken or taken[-1][0] != store else 0))
            taken.append([store, tills[store].count])

    for store in (0, 1):
        env.process(student.doors(env, tills[store], visitors[store], logs[store]))
        env.process(look(store))
    env.run(until=5000)
    for store in (0, 1):
        yield sorted([store, *entry] for entry in logs[store])
        yield {"taken": sorted(count for where, count in taken if where == store), "at the end": tills[store].count}


def in_words_of_the_store(each):
    """A step, or a result, in words."""
    if isinstance(each, list) and len(each) == 3 and not any(isinstance(item, list) for item in each):
        store, gap, service = each
        return f"store {store}: after {gap:g} s comes a customer who needs {service:g} s"
    return shown(each)


# Exercise 2: measure without fooling ourselves -----------------------------------------------------------------------

measure = Exercise(
    "measure",
    defines=["measure"],
    parts={"measure": "letitcrash.queueing.lab_reference:measure"},
    hides=["letitcrash.queueing:confidence_interval"],
    minutes=12,
    lines=7,
)


@measure.cases
def weeks(random):
    def day(customers, level, before=None):
        late = [[100 + 10 * i, level * random.uniform(0.8, 1.2)] for i in range(customers)]
        return late if before is None else [[i / 2, before] for i in range(59)] + late

    def week(kind, levels, sizes=None, before=None):
        seeds = random.sample(range(100, 1000), len(levels))
        sizes = sizes or [40] * len(levels)
        days = {str(seed): day(*row, before) for seed, *row in zip(seeds, sizes, levels, strict=True)}
        return {"kind": kind, "seeds": seeds, "warm_up": 0 if before is None else 30, "days": days}

    base = random.uniform(100, 200)
    yield week("few days", [base * share for share in (0.6, 1, 1.5)])
    yield week("few days", [base * share for share in (0.7, 1.4, 0.8, 1.1)])
    yield week("one day", [base])
    yield week("two days", [base, base * 1.5])
    yield week("many days", [base * random.uniform(0.6, 1.4) for _ in range(12)])
    yield week("days that wake up", [base * share for share in (1, 0.9, 1.1)], before=31.0)
    yield week("days awake", [2 * base * share for share in (1, 0.9, 1.1)])
    yield week("one day with a crowd", [base * share for share in (0.5, 0.6, 2)], sizes=[20, 20, 400])


@measure.driver
def survey(student, case):
    asked = []

    def run(seed):
        if isinstance(seed, list | tuple | range):
            raise TypeError(f"run takes one seed, {case['seeds'][0]} for example, and was given {seed}")
        asked.append(seed)
        return [tuple(entry) for entry in case["days"].get(str(seed), [[1000, 1.0], [1001, 3.0]])]

    try:
        answer = student.measure(run, case["seeds"], case["warm_up"])
    except ValueError as refusal:
        return {"refused": str(refusal), "asked": asked}
    try:
        low, middle, high = answer
        in_order = not (low > middle or middle > high)
    except (TypeError, ValueError):
        in_order = False
    if not in_order:
        wanted = "measure gives back three numbers, (low, middle, high), in this order"
        raise TypeError(f"{wanted}; yours gave {repr(answer)[:80]}")
    return {"low": low, "middle": middle, "high": high, "asked": asked}


def day_means(case):
    """The mean wait of each day of the case, after its warm-up, in seconds."""
    after = case["warm_up"]
    return [mean(waited for arrived, waited in case["days"][str(seed)] if arrived >= after) for seed in case["seeds"]]


def error_of_customers(case):
    """The error of the mean if all customers of the case were independent, in seconds."""
    everyone = [waited for day in case["days"].values() for arrived, waited in day if arrived >= case["warm_up"]]
    return stdev(everyone) / sqrt(len(everyone))


@measure.criterion(on=["few days", "many days"])
def every_seed_is_a_day_of_its_own(case, evidence):
    """Every seed is run, as a day of its own, and no other."""
    asked = sorted(set(evidence["asked"]))
    if asked != sorted(case["seeds"]):
        return f"the seeds were {shown(sorted(case['seeds']))}; the days that were run had the seeds {shown(asked)}"


@measure.criterion(on=["days that wake up", "days awake"], points=2)
def the_warm_up_is_left_out(case, evidence):
    """Customers who came while the store was still waking up are not counted; all others are."""
    means = day_means(case)
    if not number(evidence.get("middle")) or not min(means) <= evidence["middle"] <= max(means):
        return (
            f"after {case['warm_up']} s of warm-up the days' mean waits are {shown(means)} s; "
            f"a middle of {shown(evidence.get('middle'))} s is none that these can give"
        )


@measure.criterion(on=["few days", "one day with a crowd"])
def each_day_counts_once(case, evidence):
    """The middle is the mean of the days' means: a crowded day is still one day."""
    means = day_means(case)
    if not close(evidence.get("middle"), mean(means)):
        return (
            f"each day counts once: days with mean waits of {shown(means)} s have {mean(means):.4g} s in the middle, "
            f"yours has {shown(evidence.get('middle'))}"
        )


@measure.criterion(on=["few days", "many days"], points=2)
def the_width_comes_from_the_spread_between_days(case, evidence):
    """The interval is as wide as the days differ, and narrower with more days."""
    means = day_means(case)
    half = student_t(0.95, len(means) - 1) * stdev(means) / sqrt(len(means))
    low, high = evidence.get("low"), evidence.get("high")
    if not number(low) or not number(high) or not close(high - low, 2 * half, relative=2e-3):
        width = high - low if number(low) and number(high) else None
        looks = {
            "the width for the days themselves: that of their mean is narrower by the root of their number":
                2 * half * sqrt(len(means)),
            "what 1.96 gives: for so few days it is t95": 2 * half * 1.96 / student_t(0.95, len(means) - 1),
            "what comes of the root of n left out below: s / n": 2 * half / sqrt(len(means)),
            "what pstdev gives: it divides by n, and stdev by n − 1": 2 * half * sqrt(1 - 1 / len(means)),
            "what t95 gives for one day fewer: it takes the number of days as it is":
                2 * half * student_t(0.95, len(means) - 2) / student_t(0.95, len(means) - 1),
            "from the lowest day to the highest": max(means) - min(means),
            "that of so many single customers: those of one day wait together": 2 * 1.96 * error_of_customers(case),
        }  # fmt: skip
        return (
            f"{len(means)} days with a spread (standard deviation) of {stdev(means):.4g} s between their means "
            f"make an interval {2 * half:.4g} s wide; yours is {shown(width)} wide{looks_like(width, looks)}"
        )


@measure.criterion(on=["one day", "two days", "few days"])
def one_day_has_no_interval(case, evidence):
    """One day alone does not tell how much days differ, so no interval is given; two days do."""
    if case["kind"] == "one day" and "refused" not in evidence:
        return (
            f"from one day alone came the interval {shown(evidence['low'])} to {shown(evidence['high'])} s; "
            "nobody can know how much days differ who saw one (a ValueError should say so)"
        )
    if case["kind"] != "one day" and "refused" in evidence:
        return f"{len(case['seeds'])} days were refused: {evidence['refused']}"


@measure.scenario
def the_days(case, evidence):
    rows = [("seed", "customers", "mean wait after the warm-up")]
    sizes = [len(case["days"][str(seed)]) for seed in case["seeds"]]
    rows += list(zip(case["seeds"], sizes, map(shown, day_means(case)), strict=True))
    answer = [evidence.get(key) for key in ("low", "middle", "high")]
    return [*rows, ("yours", "", shown(evidence.get("refused", answer)))]


@measure.search(rounds=40, agree=lambda case, seen, expected: same_interval(case, seen, expected))
def any_weeks(random, size):
    """Two weeks, one after the other: seeds, a warm-up that some arrivals meet exactly, and the days' logs.

    Some weeks have two days that were alike.
    """

    def week():
        count = random.choice([1, 2, 3, random.randint(2, 9)])
        warm_up = random.choice([0, random.randrange(80) / 8])
        days = []
        for seed in random.sample(range(-20, 1000), count):
            arrived = sorted(random.randrange(160) / 8 for _ in range(size))
            late = [warm_up, warm_up + random.randrange(1, 80) / 8]
            times = sorted([*arrived, *late])
            days.append([seed, [[at, random.choice([0, random.randrange(4000) / 8])] for at in times]])
        if random.random() < 0.3:
            days[-1][1] = days[0][1]
        return {"warm_up": warm_up, "days": days}

    return {"weeks": [week(), week()]}


@measure.player
def two_surveys(student, case):
    for week in case["weeks"]:
        logs = {seed: [tuple(entry) for entry in log] for seed, log in week["days"]}
        try:
            yield list(student.measure(lambda seed, logs=logs: logs[seed], list(logs), week["warm_up"]))
        except ValueError:
            yield "ValueError"


def same_interval(case, seen, expected):
    """The first week whose interval differs, in a sentence."""
    days = [
        f"{number_of(len(week['days']), 'day')}, a warm-up of {week['warm_up']:g} s: the interval"
        for week in case["weeks"]
    ]
    return first_wrong(days, seen, expected)


# Exercise 3: Erlang B ------------------------------------------------------------------------------------------------

erlang_b = Exercise(
    "erlang_b", defines=["erlang_b"], parts={"erlang_b": "letitcrash.queueing:erlang_b"}, minutes=8, lines=6
)


@erlang_b.cases
def switchboards(random):
    load = random.uniform(0.3, 3)
    yield {"kind": "one line", "offered": load, "servers": 1}
    yield {"kind": "no line", "offered": load, "servers": 0}
    yield {"kind": "no calls", "offered": 0.0, "servers": random.randint(2, 5)}
    yield {"kind": "a few lines", "offered": random.uniform(1.2, 9.5), "servers": random.randint(3, 12)}
    yield {"kind": "big exchange", "offered": random.uniform(185, 215), "servers": random.randint(200, 220)}
    yield {"kind": "night at the big exchange", "offered": random.uniform(2, 9), "servers": random.randint(200, 220)}
    yield {"kind": "negative", "offered": -random.uniform(0.1, 0.9), "servers": 2}
    yield {"kind": "negative", "offered": load, "servers": -1}


@erlang_b.driver
def ring(student, case):
    try:
        return {"lost": student.erlang_b(case["offered"], case["servers"])}
    except (ValueError, ArithmeticError, RecursionError) as error:
        return {"raised": type(error).__name__, "says": str(error)}


def wrong_share(case, evidence):
    """The fault in the share of lost calls, in words; or None."""
    expected = lost(case["offered"], case["servers"])
    asked = f"{erlangs(case['offered'])} on {number_of(case['servers'], 'line')}"
    if "raised" in evidence:
        return f"{asked}: {evidence['raised']}: {evidence['says']}; a share of {expected:.6g} is lost"
    if not close(evidence["lost"], expected):
        looks = {"the share that gets through": 1 - expected, "the share for one line fewer": one_line_fewer(case)}
        answer = f"{shown(evidence['lost'])}{looks_like(evidence['lost'], looks)}"
        return f"{asked}: a share of {expected:.6g} is lost, yours says {answer}"


def one_line_fewer(case):
    """The share of calls that would be lost with one line fewer."""
    return lost(case["offered"], max(0, case["servers"] - 1))


@erlang_b.criterion(on=["no line", "no calls"])
def no_line_no_call(case, evidence):
    """Without a line every call is lost, without a call none is."""
    return wrong_share(case, evidence)


@erlang_b.criterion(on=["one line", "a few lines"], points=2)
def the_share_of_lost_calls(case, evidence):
    """The right share of all calls finds every line busy."""
    return wrong_share(case, evidence)


@erlang_b.criterion(on=["big exchange", "night at the big exchange"])
def a_big_exchange_is_no_trouble(case, evidence):
    """Two hundred lines work as well as two, by day and by night."""
    return wrong_share(case, evidence)


@erlang_b.criterion(on=["negative", "one line"])
def nonsense_is_refused(case, evidence):
    """Fewer than no calls or lines are refused in words, and nothing else is."""
    refused = evidence.get("raised") == "ValueError"
    if case["kind"] == "negative" and not refused:
        answer = evidence.get("raised") or shown(evidence["lost"])
        asked = f"{erlangs(case['offered'])} on {number_of(case['servers'], 'line')}"
        return f"{asked} is nonsense, and a ValueError should say so; the answer was {answer}"
    if case["kind"] != "negative" and refused:
        return f"{erlangs(case['offered'])} on 1 line is no nonsense, and was refused"


@erlang_b.scenario
def the_switchboard(case, evidence):
    answer = evidence.get("raised") or shown(evidence["lost"])
    return [("erlangs", "lines", "your share of lost calls"), (case["offered"], case["servers"], answer)]


@erlang_b.search(rounds=60, agree=lambda case, seen, expected: same_shares(case, seen, expected))
def any_switchboard(random, size):
    """Steps [erlangs, lines], each a question; also whole erlangs, none, lines to spare, and nonsense."""
    few = random.randint(1, 3)
    return {
        "steps": [
            [
                random.choice([0, random.randint(1, 12), random.randrange(1, 160) / 16, -1 / 8, random.uniform(0, 40)]),
                random.choice([0, 1, random.randint(2, 40), random.randint(2, 8), -1]),
            ]
            for _ in range(1 + size // 4)
        ]
        + [[random.uniform(180, 240), random.randint(190, 260)], [few, 3 * few + 6]] * (size > 8)
    }


@erlang_b.player
def ring_often(student, case):
    for offered, servers in case["steps"]:
        try:
            yield student.erlang_b(offered, servers)
        except ValueError:
            yield "ValueError"


def same_shares(case, seen, expected):
    """The first answer that differs, in a sentence."""
    asked = [f"{erlangs(offered)} on {number_of(servers, 'line')}: the answer" for offered, servers in case["steps"]]
    return first_wrong(asked, seen, expected)


# Exercise 4: Erlang C ------------------------------------------------------------------------------------------------

erlang_c = Exercise(
    "erlang_c",
    defines=["erlang_c", "service_level"],
    parts={"erlang_c": "letitcrash.queueing:erlang_c", "service_level": "letitcrash.queueing:service_level"},
    needs=["erlang_b"],
    minutes=12,
    lines=5,
)


@erlang_c.cases
def counters(random):
    def counter(kind, offered, servers):
        service = random.uniform(60, 240)
        within = 0.0 if kind == "at once" else service * random.uniform(0.1, 0.5)
        return {"kind": kind, "offered": offered, "servers": servers, "service": service, "within": within}

    servers = random.randint(3, 12)
    yield counter("one till", random.uniform(0.3, 0.8), 1)
    yield counter("a few tills", servers * random.uniform(0.6, 0.9), servers)
    yield counter("at once", servers * random.uniform(0.6, 0.9), servers)
    yield counter("nearly full", servers * 0.99, servers)
    yield counter("full", float(servers), servers)
    yield counter("overfull", servers * random.uniform(1.1, 1.5), servers)


@erlang_c.driver
def queue_up(student, case):
    def ask(rule, *values):
        try:
            return rule(*values)
        except ValueError as refusal:
            return {"refused": str(refusal)}

    return {
        "waits": ask(student.erlang_c, case["offered"], case["servers"]),
        "in time": ask(student.service_level, *(case[key] for key in ("offered", "servers", "service", "within"))),
    }


def work_of(case):
    """The work and the tills, in words."""
    return f"{erlangs(case['offered'])} at {number_of(case['servers'], 'till')}"


def told(answer):
    """An answer as a reader should see it, also one that was refused."""
    return "ValueError" if isinstance(answer, dict) else shown(answer)


@erlang_c.criterion(on=["one till", "a few tills"], points=2)
def the_chance_of_a_wait(case, evidence):
    """The right share of all customers finds every till taken and waits."""
    expected = waits(case["offered"], case["servers"])
    if not close(evidence["waits"], expected):
        looks = {
            "Erlang B: there they go home, here they wait": lost(case["offered"], case["servers"]),
            "the load: how busy one till is, not how often all are": case["offered"] / case["servers"],
        }
        return (
            f"{work_of(case)}: a share of {expected:.4g} waits, "
            f"yours says {told(evidence['waits'])}{looks_like(evidence['waits'], looks)}"
        )


@erlang_c.criterion(on=["full", "overfull", "nearly full"], points=2)
def a_full_store_has_no_answer(case, evidence):
    """No number is given where as much work comes as the tills can do, or more: the line grows for ever."""
    refused = isinstance(evidence["waits"], dict)
    work = work_of(case)
    if case["kind"] == "nearly full":
        return f"{work} is a long line and still a line; it was refused" if refused else None
    if not refused:
        return f"{work}: this line grows for ever, and yours says that a share of {shown(evidence['waits'])} waits"
    if not isinstance(evidence["in time"], dict):
        return (
            f"{work}: this line grows for ever, and a share of {shown(evidence['in time'])} is said to be in time; "
            "ask your erlang_c, which refuses"
        )


@erlang_c.criterion(on=["a few tills", "at once", "one till"], points=2)
def the_share_served_in_time(case, evidence):
    """The right share of all customers reaches a till in time: those who never wait and those who wait shortly."""
    free = case["servers"] - case["offered"]
    late = waits(case["offered"], case["servers"]) * exp(-free * case["within"] / case["service"])
    if not close(evidence["in time"], 1 - late):
        looks = {
            "the share that comes too late": late,
            "without those who find a free till": 1 - late / waits(case["offered"], case["servers"]),
        }
        return (
            f"{work_of(case)}, {case['service']:.4g} s each: a share of {1 - late:.4g} reaches a till in time, "
            f"within {case['within']:.4g} s; yours says {told(evidence['in time'])}"
            f"{looks_like(evidence['in time'], looks)}"
        )


@erlang_c.scenario
def the_counter(case, evidence):
    rows = [("erlangs", "tills", "seconds each", "in time is within", "your share that waits", "your share in time")]
    numbers = [case[key] for key in ("offered", "servers", "service", "within")]
    return [*rows, (*numbers, told(evidence["waits"]), told(evidence["in time"]))]


@erlang_c.search(rounds=60, agree=lambda case, seen, expected: same_waits(case, seen, expected))
def any_counter(random, size):
    """Steps [erlangs, tills, service, within], each two questions; also idle, exactly and almost full, and at once."""

    def counter():
        servers = random.randint(1, size)
        full = [servers, servers + 1 / 8, servers - 1 / 4096]
        offered = random.choice([0, *full, servers * random.random(), random.randrange(servers)])
        service = random.randrange(1, 2000) / 8
        # At most 20 services: 1 / e**x is as right as e**-x, until e**x is too large for a float.
        return [offered, servers, service, random.choice([0, service * random.randrange(160) / 8])]

    return {"steps": [counter() for _ in range(1 + size // 4)]}


@erlang_c.player
def ask_often(student, case):
    def ask(rule, *values):
        try:
            return rule(*values)
        except ValueError:
            return "ValueError"

    for offered, servers, service, within in case["steps"]:
        yield ask(student.erlang_c, offered, servers)
        yield ask(student.service_level, offered, servers, service, within)


def same_waits(case, seen, expected):
    """The first answer that differs, in a sentence."""
    asked = []
    for offered, servers, service, within in case["steps"]:
        work = f"{erlangs(offered)} at {number_of(servers, 'till')}"
        asked += [f"{work}: erlang_c", f"{work}, {service:g} s each, within {within:g} s: service_level"]
    return first_wrong(asked, seen, expected)


# Exercise 5: the ticket ----------------------------------------------------------------------------------------------

staff = Exercise(
    "staff",
    defines=["staff"],
    parts={"staff": "letitcrash.queueing.lab_reference:staff"},
    needs=["erlang_b", "erlang_c"],
    hides=["letitcrash.queueing:servers_for_service_level"],
    minutes=10,
    lines=5,
    steps=1_000_000,
)


def late_share(case, tills, customers):
    """The share of an hour's customers who wait longer than the case's limit; 1 when the tills cannot keep up."""
    offered = customers * case["service"] / 3600
    if tills <= offered:
        return 1.0
    return waits(offered, tills) * exp(-(tills - offered) * case["limit"] / case["service"])


def fewest(case, customers):
    """The fewest tills that keep the case's promise to so many customers an hour."""
    tills = 1
    while late_share(case, tills, customers) > 1 - case["share"]:
        tills += 1
    return tills


def in_the_hour(case):
    """The number of customers who come in the hour that the case asks about."""
    return case["by_hour"][str(case["hour"])]


def one_till_matters(case):
    """Tell if one till fewer breaks the promise clearly, so that an answer by simulation is as good as a formula."""
    customers, late = in_the_hour(case), 1 - case["share"]
    tills = fewest(case, customers)
    return late_share(case, tills, customers) < late / 2 and late_share(case, tills - 1, customers) > late * 2


@staff.cases
def days(random):
    hours = range(8, 21)

    def same_all_day(kind, erlangs, limit, share, service=(120, 200), whole=False):
        while True:
            seconds = random.randint(*service)
            work = random.randint(*erlangs) if whole else random.uniform(*erlangs)
            customers = round(work * 3600 / seconds)
            promise = {"service": seconds, "limit": limit, "share": share}
            case = {"kind": kind, "by_hour": {str(hour): customers for hour in hours}, "hour": 17, **promise}
            if one_till_matters(case):
                return case

    yield same_all_day("coffee stand", (0.05, 0.15), limit=240, share=0.95, service=(30, 60))
    yield same_all_day("shop", (6, 10), limit=240, share=0.95)
    yield same_all_day("town hall", (8.05, 8.45), limit=2400, share=0.9)
    yield same_all_day("night chemist", (0.4, 0.55), limit=120, share=0.95, service=(118, 122))
    yield same_all_day("hotline", (18, 22), limit=60, share=0.95, service=(36, 36), whole=True)
    # One till keeps four in five, and nineteen in twenty would take a second: without the share it is both.
    yield same_all_day("petrol station", (0.42, 0.48), limit=400, share=0.8, service=(118, 122))
    shape = {8: 3, 9: 4, 10: 5, 11: 6, 12: 7, 13: 4, 14: 1, 15: 5, 16: 8, 17: 12, 18: 8, 19: 4, 20: 2}
    unit = random.uniform(15, 20)
    by_hour = {str(hour): round(share * unit) for hour, share in shape.items()}
    for kind, hour in (("five o'clock", 17), ("siesta", 14)):
        yield {"kind": kind, "by_hour": by_hour, "hour": hour, "service": 180, "limit": 240, "share": 0.95}
    # A place is a till, taken for an hour: more than a hundred, where a search from one till on must not end at fifty.
    stay = {"service": random.randint(3000, 3900), "limit": random.randint(6000, 9000), "share": 0.95}
    yield {"kind": "car park", "by_hour": {**by_hour, "17": random.randint(130, 170)}, "hour": 17, **stay}


@staff.driver
def ask_for_tills(student, case):
    by_hour = {int(hour): customers for hour, customers in case["by_hour"].items()}
    promise = [case["limit"]] if case["share"] == 0.95 else [case["limit"], case["share"]]
    return student.staff(by_hour, case["hour"], case["service"], *promise)


FLAT = ["coffee stand", "night chemist", "shop", "town hall", "hotline", "petrol station"]


def promised(case):
    """The case's promise in words."""
    return (
        f"{in_the_hour(case)} customers an hour, {case['service']} s each, {case['share']:.0%} of them "
        f"within {case['limit']} s"
    )


MOST_TILLS = 1000
"""More tills than this are judged without being tried: the formula goes through them one by one."""


def not_tills(answer):
    """The fault of an answer that is no number of tills, in words; or None."""
    if not number(answer) or answer != int(answer) or answer < 1:
        return f"a number of tills is a whole number, 1 or more; the answer was {shown(answer)}"
    if answer > MOST_TILLS:
        return f"no street has room for {shown(answer)} tills"


def too_late(case, tills, seed):
    """One such hour with its trace, and the numbers of the customers who wait longer than the limit."""
    crowd, basket = Poisson(in_the_hour(case)), Exponential(case["service"])
    hour = run_store(crowd, basket, tills=tills, until=hours(1), seed=seed, trace=True)
    return hour, {customer for customer, waited in enumerate(hour.waited, start=1) if waited > case["limit"]}


def who_waits_too_long(case, answer):
    """Show an hour with the answer's tills, until the first who waited too long has left; None where they do."""
    if not_tills(answer) or answer >= fewest(case, in_the_hour(case)):
        return None
    for seed in range(20):
        hour, late = too_late(case, int(answer), seed)
        if len(late) > (1 - case["share"]) * len(hour.waited):
            break
    else:
        return None  # the line grows so slowly that an hour does not show it
    events = list(hour.trace)
    at = next(at for at, event in enumerate(events) if type(event) is Started and event.customer in late)
    customer = events[at].customer
    why = (
        f"Customer {customer} of the hour from {case['hour']}:00 waited {hour.waited[customer - 1]:.0f} s for this "
        f"till, where {case['limit']} s are promised; with {number_of(answer, 'till')}, {len(late)} of its "
        f"{len(hour.waited)} customers waited too long"
    )
    return events[: first(events, customer, Finished) + 1], at, why


@staff.criterion(on=FLAT, points=2, shows=who_waits_too_long)
def the_promise_is_kept(case, answer):
    """Nineteen in twenty, or as many as were promised, reach a till in time, and the store can pay for it."""
    if trouble := not_tills(answer):
        return trouble
    tills = fewest(case, in_the_hour(case))
    if answer > 2 * tills + 2:
        return f"{promised(case)}: {answer} tills keep every promise and ruin the store"
    late = late_share(case, answer, in_the_hour(case))
    if late > 1 - case["share"]:
        fate = "the line grows all hour, and all wait longer" if late == 1 else f"a share of {late:.2g} waits longer"
        return f"{promised(case)}: with {number_of(answer, 'till')} {fate}, and {1 - case['share']:.2g} may"


@staff.criterion(on=FLAT, points=2, shows=who_waits_too_long)
def not_one_till_too_many(case, answer):
    """With one till fewer the promise would break: head office pays for none that is not needed."""
    if trouble := not_tills(answer):
        return trouble
    offered = in_the_hour(case) * case["service"] / 3600
    if answer <= offered:
        return f"{promised(case)}: {offered:.3g} erlangs of work come, and {number_of(answer, 'till')} cannot do it"
    if answer > fewest(case, in_the_hour(case)):
        late = late_share(case, answer - 1, in_the_hour(case))
        return (
            f"{promised(case)}: you open {number_of(answer, 'till')}, and with one till fewer a share of {late:.2g} "
            f"would wait longer, where {1 - case['share']:.2g} may"
        )


@staff.criterion(on=["five o'clock", "siesta", "car park"], points=2, shows=who_waits_too_long)
def the_hour_and_not_the_day(case, answer):
    """The tills are for the hour that was asked about: few while the town sleeps, more than a hundred if need be."""
    if trouble := not_tills(answer):
        return f"{promised(case)}: {trouble}"
    average = mean(case["by_hour"].values())
    hour, day = fewest(case, in_the_hour(case)), fewest(case, average)
    if abs(answer - hour) > abs(answer - day):
        return (
            f"at {case['hour']}:00 come {in_the_hour(case)} customers (the day's average is {average:.0f} an hour), "
            f"which takes about {hour} tills; the answer was {shown(answer)}"
        )


@staff.scenario
def what_each_till_buys(case, answer):
    if not_tills(answer):
        return [("customers an hour", "seconds each", "your answer"), (in_the_hour(case), case["service"], answer)]
    rows = [("tills", f"share that waits longer than {case['limit']} s")]
    around = (answer - 1, answer, answer + 1)
    return rows + [(tills, late_share(case, tills, in_the_hour(case))) for tills in around if tills > 0]


@staff.search(rounds=20)
def any_hour(random, size):
    """One question about a day whose hours differ; one till fewer always breaks the promise clearly."""
    while True:
        service, hour = random.choice([random.randint(20, 300), random.randrange(160, 2400) / 8]), random.randrange(24)
        by_hour = {str(each): random.randint(0, 60 * size) for each in range(24)}
        by_hour[str(hour)] = random.choice([random.randint(1, 12), random.randint(1, int(size * 3600 / service))])
        if random.random() < 0.3:  # whole erlangs
            service = random.choice([60, 90, 120, 180, 360])
            by_hour[str(hour)] = random.randint(1, size) * 3600 // service
        limit, share = (
            random.choice([random.randrange(4800) / 8, random.randint(20, 600)]),
            random.choice([0.95, 0.8, 0.6, 0.5]),
        )
        case = {"by_hour": by_hour, "hour": hour, "service": service, "limit": limit, "share": share}
        if one_till_matters(case):
            return case


@staff.tells
def tills_and_promises(cases, answers):
    """The tills of five o'clock, the share they serve in time, and that of one till fewer."""
    case, tills = next(
        (case, answer) for case, answer in zip(cases, answers, strict=True) if case["kind"] == "five o'clock"
    )
    late, one_fewer = (late_share(case, each, in_the_hour(case)) for each in (tills, tills - 1))
    return (
        f"At {case['hour']}:00 come {in_the_hour(case)} customers: with {tills} tills, {1 - late:.1%} are at a till "
        f"within {case['limit']} s; with {tills - 1}, {1 - one_fewer:.1%}. Promised were {case['share']:.0%}."
    )
