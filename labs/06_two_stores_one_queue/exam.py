"""The exam of lab 6: whom to send where, when to leave a store out, and a line that never recovers.

Chance decides ties and draws, and right answers may draw in different ways. So the exam never compares draws: it
compares what must hold for each of them, and counts hundreds where a share is in question. Every count is allowed six
standard deviations, every mean wait a tenth (about five of them); the misconceptions lie as far beyond.
"""

from functools import cache
from math import sqrt

from letitcrash.balancing import Dark, Snapshot, run_stores
from letitcrash.balancing import Outliers as RightOutliers
from letitcrash.balancing import least_connections as the_shorter_line
from letitcrash.balancing import peak_ewma as right_cost
from letitcrash.balancing import peak_load as right_load
from letitcrash.balancing import round_robin as right_turn
from letitcrash.balancing import two_choices as the_shorter_of_two
from letitcrash.balancing.lab_reference import AFTER, BEFORE, arrivals
from letitcrash.classroom.exam import Exercise, close, moments, number, shown
from letitcrash.queueing import Exponential, Poisson


def lamps(is_open):
    """The stores that are open, in words: `of the stores 0 to 2 only 0 and 2 are open`."""
    numbers = [str(store) for store, each in enumerate(is_open) if each]
    if len(is_open) == 1:
        return f"the only store, 0, is {'open' if numbers else 'shut'}"
    if len(numbers) in (0, len(is_open)):
        return f"all {len(is_open)} stores are {'open' if numbers else 'shut'}"
    named = " and ".join([", ".join(numbers[:-1]), numbers[-1]] if numbers[1:] else numbers)
    return f"of the stores 0 to {len(is_open) - 1} only {named} {'are' if numbers[1:] else 'is'} open"


def is_store(store, is_open):
    """True for the number of a store that is open."""
    return number(store) and store in range(len(is_open)) and is_open[int(store)]


def wrong_store(store, is_open):
    """The fault of a store to which nobody can be sent, in words; None for one that is open."""
    if is_store(store, is_open):
        return None
    if number(store) and store in range(len(is_open)):
        return f"store {store:g} is shut, and you send a customer there ({lamps(is_open)})"
    said = "nothing (None)" if store is None else shown(store)
    return f"{lamps(is_open)}; a customer should be sent to one that is open, and your answer is {said}"


def too_far(counts, shares, asked):
    """The first store whose count is no longer chance, or None."""
    for store, share in enumerate(shares):
        if abs(counts[store] - share * asked) > 6 * sqrt(asked * share * (1 - share)) + 1e-9:
            return store
    return None


# Exercise 1: by turn, and to the shorter line -------------------------------------------------------------------------

turns = Exercise(
    "round_robin",
    defines=["round_robin", "least_connections"],
    parts={
        "round_robin": "letitcrash.balancing:round_robin",
        "least_connections": "letitcrash.balancing:least_connections",
    },
    minutes=11,
    lines=12,
    steps=2_000_000,
)

TIES = 600
"""Customers who find the same tie."""


@turns.cases
def doors(random):
    def case(kind, is_open, inside=None, turn=0, **more):
        inside = inside or [random.randint(0, 9) for _ in is_open]
        return {"kind": kind, "inside": inside, "open": is_open, "turn": turn, **more}

    number = random.randint(3, 6)
    yield case("all are open", [True] * number, turn=random.randrange(1, number), customers=4 * number)
    number = random.randint(4, 7)
    shut = sorted(random.sample(range(number), random.choice([1, 2])))
    is_open = [store not in shut for store in range(number)]
    inside = [random.randint(0, 5) + 6 * (store in shut) for store in range(number)]
    yield case("some are shut", is_open, inside=inside, turn=random.choice([shut[0], 0]), customers=90)
    inside = [0, *random.sample(range(1, 15), number - 1)]
    yield case("the shortest line is shut", [False] + [True] * (number - 1), inside=inside, customers=2 * number)
    one = random.randrange(1, number)
    inside = [random.randint(1, 9) * (store != one) for store in range(number)]
    yield case("one is open", [store == one for store in range(number)], inside=inside, turn=one - 1, customers=3)
    at_the_till = [1] * number
    at_the_till[random.randrange(1, number)] = 0
    yield case("one is empty", [True] * number, inside=at_the_till, turn=number - 1, customers=number + 1)
    yield case("all are shut", [False] * number, turn=random.randrange(1, number), customers=2)
    yield case("one store, shut", [False], turn=0, customers=2)
    tied, level = 3, random.randint(1, 5)  # of two, a rounded draw or a coin for each newcomer would be fair
    tie = [level] * tied + [level + random.randint(1, 4) for _ in range(random.randint(1, 3))]
    random.shuffle(tie)
    asked = {"customers": 4, "ties": TIES}
    yield case("a tie", [True] * len(tie), inside=tie, seed=random.randrange(10**6), **asked)
    tie = [level] * 2 + [level + 1] * 2
    random.shuffle(tie)
    lamps = [False, True, True, True, True]
    yield case("a tie with a shut store", lamps, inside=[level, *tie], seed=random.randrange(10**6), **asked)
    for kind, load in (("a busy Saturday", 0.8), ("a quiet Saturday", 0.5)):
        yield {"kind": kind, "stores": 10, "load": load, "seed": random.randrange(10**6)}


@turns.driver
def at_the_door(student, case):
    import random

    from letitcrash.balancing import Snapshot, run_stores
    from letitcrash.queueing import Exponential, Poisson

    if "load" in case:
        coming = Poisson(case["load"] * case["stores"] * 60)
        rules = {"turn": student.round_robin, "least": student.least_connections}
        found = {}
        for name, rule in rules.items():
            days = run_stores(coming, Exponential(60.0), case["stores"], rule=rule, customers=2000, seed=case["seed"])
            found[name] = days.all.mean_wait
        return {"waits": found}
    seen = Snapshot(tuple(case["inside"]), tuple(case["open"]))
    turn, sent, chance, least = case["turn"], [], random.Random(7), []
    for _ in range(case["customers"]):
        answer = student.round_robin(seen, turn)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            sent.append([answer, "no pair"])
            break
        store, turn = answer
        sent.append([store, turn])
        if type(turn) is not int:
            break
    for _ in range(min(case["customers"], 4)):
        least.append(student.least_connections(seen, chance))
    counts, twice = [], []
    if "ties" in case:
        chance, counts = random.Random(case["seed"]), [0] * len(case["open"])
        for _ in range(case["ties"]):
            store = student.least_connections(seen, chance)
            if type(store) is int and 0 <= store < len(counts):
                counts[store] += 1
        for again in range(2):
            random.seed(again)
            chance = random.Random(case["seed"])
            twice.append([student.least_connections(seen, chance) for _ in range(20)])
    return {"sent": sent, "least": least, "counts": counts, "twice": twice}


def the_turns(case):
    """Each customer's store and the turn after it, as the library has them."""
    seen, turn, sent = Snapshot(tuple(case["inside"]), tuple(case["open"])), case["turn"], []
    for _ in range(case["customers"]):
        store, turn = right_turn(seen, turn)
        sent.append([store, turn])
    return sent


def best_of(case):
    """The open stores with the fewest inside."""
    inside = [each for each, is_open in zip(case["inside"], case["open"], strict=True) if is_open]
    return [s for s, each in enumerate(case["inside"]) if case["open"][s] and each == min(inside)]


@turns.criterion(on=["some are shut", "the shortest line is shut", "one is open", "all are open"], points=2)
def shut_stores_are_left_out(case, evidence):
    """A customer is sent to a store that is open, and to its own number."""
    if len(evidence["least"]) != min(case["customers"], 4):
        return f"{min(case['customers'], 4)} customers came, and least_connections sent {len(evidence['least'])}"
    for rule, stores in (("round_robin", [pair[0] for pair in evidence["sent"]]), ("least", evidence["least"])):
        if not stores:
            return "nobody was sent anywhere"
        name = "least_connections" if rule == "least" else rule
        for store in stores[:200]:
            if wrong := wrong_store(store, case["open"]):
                return f"{name}: {wrong}"


@turns.criterion(on=["some are shut", "all are open", "one is open"], points=2)
def each_has_its_turn(case, evidence):
    """By turn each open store gets as many as any other, also the one behind a shut store."""
    right, sent = the_turns(case), evidence["sent"]
    for customer, (expected, got) in enumerate(zip(right, sent, strict=False), start=1):
        if expected != got:
            before = case["turn"] if customer == 1 else right[customer - 2][1]
            counts = [sum(pair[0] == store for pair in sent) for store in range(len(case["open"]))]
            counted = ""
            if len(sent) == case["customers"] and case["kind"] == "some are shut":
                counted = f"; of {len(sent)} customers the stores got {shown(counts)}"
            said = f"store {shown(got[0])}, and next {shown(got[1])}" if got[1] != "no pair" else tuple_of(got)
            return (
                f"{lamps(case['open'])}, and it is store {before}'s turn: customer {customer} should be sent to store "
                f"{expected[0]}, and next it is store {expected[1]}'s turn; yours says {said}{counted}"
            )
    if len(sent) != len(right):
        return f"{len(right)} customers came, and {len(sent)} were sent somewhere"


@turns.criterion(on=["the shortest line is shut", "one is empty", "a tie"])
def the_shortest_line_is_chosen(case, evidence):
    """least_connections sends a customer to an open store with the fewest inside, those at the tills included."""
    best, inside = best_of(case), case["inside"]
    if not evidence["least"]:
        return "nobody was sent anywhere"
    for store in evidence["least"]:
        if store not in best or not number(store):
            told = f"store {shown(store)}"
            if is_store(store, case["open"]):
                told += f", which has {inside[int(store)]}"
            return (
                f"there are {shown(inside)} inside ({lamps(case['open'])}): a customer should be sent to store "
                f"{' or '.join(map(str, best))}, which has {inside[best[0]]}, and you send them to {told}"
            )


@turns.criterion(on=["a tie", "a tie with a shut store"], points=2)
def ties_are_nobodys(case, evidence):
    """Of several shortest lines `chance` takes each as often as any other, and a run can be repeated."""
    best = best_of(case)
    shares = [(store in best) / len(best) for store in range(len(case["open"]))]
    store = too_far(evidence["counts"], shares, case["ties"])
    if store is not None:
        return (
            f"{case['ties']} customers find stores {', '.join(map(str, best))} with the same number inside, fewer than "
            f"anywhere else; each should get about {case['ties'] // len(best)} of them by chance, and store {store} "
            f"got {shown(evidence['counts'][store])}"
        )
    if evidence["twice"][0] != evidence["twice"][1] or len(evidence["twice"][0]) < 20:
        return "the same snapshots with the same chance gave other stores the second time: draw from `chance` alone"


@turns.criterion(on=["all are shut", "one store, shut", "one is open"])
def all_shut_is_none(case, evidence):
    """All stores are shut: both say None, and it stays the turn that it was."""
    if not any(case["open"]):
        if evidence["least"] != [None] * len(evidence["least"]) or not evidence["least"]:
            return f"all stores are shut: least_connections should say None, and says {shown(evidence['least'][:1])}"
        if evidence["sent"][:1] != [[None, case["turn"]]]:
            return (
                f"all stores are shut, and it is store {case['turn']}'s turn: round_robin should say (None, "
                f"{case['turn']}), and says {tuple_of(evidence['sent'][0])}"
            )
    elif wrong := wrong_store(evidence["least"][0], case["open"]):
        return f"least_connections: {wrong}"
    if any(case["open"]) and (wrong := wrong_store(evidence["sent"][0][0], case["open"])):
        return f"round_robin: {wrong}"


def tuple_of(pair):
    """A pair as Python writes it, or the words for an answer that is none."""
    if pair[1] == "no pair":
        return f"{'None' if pair[0] is None else shown(pair[0])}, which is no pair (store, turn)"
    return f"({', '.join('None' if each is None else shown(each) for each in pair)})"


@cache
def the_waits(stores, load, seed):
    """The mean waits of the library's rules, with the same customers."""
    rules = {"turn": right_turn, "least": the_shorter_line}
    coming = Poisson(load * stores * 60)
    return {
        name: run_stores(coming, Exponential(60.0), stores, rule=rule, customers=2000, seed=seed).all.mean_wait
        for name, rule in rules.items()
    }


@turns.criterion(on=["a busy Saturday", "a quiet Saturday"])
def customers_wait_no_longer_than_they_must(case, evidence):
    """On a Saturday in ten stores customers wait as long on average as with the library's rules."""
    right = the_waits(case["stores"], case["load"], case["seed"])
    for rule, name in (("turn", "round_robin"), ("least", "least_connections")):
        got = evidence["waits"][rule]
        if not near(got, right[rule] + 60, got_more=60):
            return (
                f"ten stores with one till each are busy {case['load']:.0%} of the time, and each customer needs a "
                f"minute there: by {name} the mean wait should be about {right[rule]:.1f} s, and is {shown(got)} s"
            )


def near(got, expected, got_more=0.0):
    """True for a mean that is within a tenth of the expected one."""
    return number(got) and abs(got + got_more - expected) <= expected / 10


@turns.scenario
def whom_to_send_where(case, evidence):
    if "load" in case:
        rows = [("", "should be", "yours")]
        right, waits = the_waits(case["stores"], case["load"], case["seed"]), evidence.get("waits")
        mine = waits if isinstance(waits, dict) else {"turn": waits, "least": waits}
        names = (("turn", "by turn: mean wait, s"), ("least", "to the shorter line: mean wait, s"))
        return rows + [(name, f"{right[rule]:.1f}", shown(mine.get(rule))) for rule, name in names]
    rows = [("store", "inside", "lamp")]
    stores = enumerate(zip(case["inside"], case["open"], strict=True))
    rows += [(store, inside, "open" if is_open else "shut") for store, (inside, is_open) in stores]
    sent = evidence["sent"]
    told = " ".join(map(tuple_of, sent[:8])) + " ..." * (len(sent) > 8) if isinstance(sent, list) else shown(sent)
    rows += [("turn", case["turn"], ""), ("sent by turn, and next", told, "")]
    return [*rows, ("sent to the shorter line", shown(evidence["least"]), "")]


@turns.search(rounds=40, words=lambda each: a_customer(each))
def two_doors(random, size):
    """Steps [door, "turn" or "least" or "often", inside, open, seed]: two doors, each of which counts its own turns."""
    number = random.randint(1, 5)

    def step():
        share = random.choice([0.0, 0.5, 0.7, 1.0])
        is_open = [random.random() < share for _ in range(number)]
        inside = [random.choice([0, 1, 2, 2, 5]) for _ in range(number)]
        what = random.choice(["turn", "turn", "turn", "least", "least", "often"])
        return [random.randrange(2), what, inside, is_open, random.randrange(1000)]

    return {"turns": [random.randrange(number), random.randrange(number)], "steps": [step() for _ in range(size)]}


@turns.player
def send_from_two_doors(student, case):
    """Yield what each customer is told: of the shorter line only how long it is, since chance decides which one."""
    from random import Random

    from letitcrash.balancing import Snapshot

    turns = list(case["turns"])
    for door, what, inside, is_open, seed in case["steps"]:
        seen, chance = Snapshot(tuple(inside), tuple(is_open)), Random(seed)
        if what == "turn":
            answer = student.round_robin(seen, turns[door])
            if not isinstance(answer, tuple | list) or len(answer) != 2:
                yield answer
                return
            yield list(answer)
            turns[door] = answer[1]
            continue
        stores = [student.least_connections(seen, chance) for _ in range(1 if what == "least" else 160)]
        store = stores[0]
        if store is None or type(store) is not int or not 0 <= store < len(inside):
            yield "no store" if store is None else store
        elif not is_open[store]:
            yield f"store {store}, which is shut"
        elif what == "least":
            yield f"a store with {inside[store]} inside"
        else:
            tied = [each for each in range(len(inside)) if is_open[each] and inside[each] == inside[store]]
            counts = {each: stores.count(each) for each in tied}
            fair, spread = 160 / len(tied), 6 * (160 * (len(tied) - 1)) ** 0.5 / len(tied) + 0.5
            odd = [each for each, count in counts.items() if abs(count - fair) > spread]
            each_its_share = f"all shortest lines alike, with {inside[store]} inside"
            yield f"of 160 customers in a tie {counts[odd[0]]} to store {odd[0]}" if odd else each_its_share


def a_customer(each):
    """A customer at a door, or what they were told."""
    if isinstance(each, list) and len(each) == 5:
        door, what, inside, is_open, _ = each
        how = {
            "turn": "sends a customer by turn",
            "least": "sends a customer to the shorter line",
            "often": "sends 160 customers, each in the same instant, to the shorter line",
        }[what]
        return f"door {door + 1} {how}: {shown(inside)} inside, {lamps(is_open)}"
    if isinstance(each, list) and len(each) == 2:
        return tuple_of(each)
    return shown(each)


# Exercise 2: the shorter of two ---------------------------------------------------------------------------------------

two = Exercise(
    "two_choices",
    defines=["two_choices"],
    parts={"two_choices": "letitcrash.balancing:two_choices"},
    minutes=8,
    lines=5,
    steps=2_500_000,
)

DRAWS = 2000


@two.cases
def draws(random):
    def case(kind, inside, is_open, d=2, **more):
        return {"kind": kind, "inside": inside, "open": is_open, "d": d, "seed": random.randrange(10**6), **more}

    number = random.randint(6, 8)
    inside = random.sample(range(2, 15), number)
    shut = {0, 1, random.randrange(number)}
    is_open = [store not in shut for store in range(number)]
    yield case("some are shut", [inside[s] * (s > 0) for s in range(number)], is_open, d=3, often=400)
    yield case("all are open", random.sample(range(9), 5), [True] * 5, d=3, often=60)
    one = random.randrange(1, number)
    yield case("one is open", inside, [store == one for store in range(number)], often=4)
    yield case("all are shut", inside, [False] * number, often=4)
    yield case("one store, shut", [3], [False], often=4)
    three = random.sample(range(9), 3)
    yield case("three lines", three, [True] * 3, often=DRAWS)
    ten = random.sample(range(20), 10)
    yield case("ten lines", ten, [True] * 10, often=DRAWS)
    empty = [random.randint(0, 4)] * 4
    yield case("four equal lines", empty, [True] * 4, often=DRAWS)
    three = random.sample(range(9), 3)
    yield case("half are shut", [*three[::-1], *three], [False] * 3 + [True] * 3, often=DRAWS)
    yield case("three draws", random.sample(range(9), 4), [True] * 4, d=3, often=DRAWS)
    yield case("one draw", random.sample(range(9), 4), [True] * 4, d=1, often=DRAWS)
    for kind, stores, load, many in (("a hundred stores", 100, 0.9, 6000), ("ten stores", 10, 0.7, 3000)):
        yield {"kind": kind, "stores": stores, "load": load, "customers": many, "seed": random.randrange(10**6)}


@two.driver
def ask_two(student, case):
    import random

    from letitcrash.balancing import Snapshot, run_stores
    from letitcrash.queueing import Exponential, Poisson

    if "load" in case:
        coming = Poisson(case["load"] * case["stores"] * 60)
        day = {"customers": case["customers"], "seed": case["seed"]}
        days = run_stores(coming, Exponential(60.0), case["stores"], rule=student.two_choices, **day)
        return {"wait": days.all.mean_wait}
    seen = Snapshot(tuple(case["inside"]), tuple(case["open"]))
    chance, counts, strange, none = random.Random(case["seed"]), [0] * len(case["open"]), [], 0
    for _ in range(case["often"]):
        store = student.two_choices(seen, chance, case["d"])
        if store is None:
            none += 1
        elif type(store) is int and 0 <= store < len(counts):
            counts[store] += 1
        elif len(strange) < 3:
            strange.append(store)
    twice = []
    for again in range(2):
        random.seed(again)
        chance = random.Random(case["seed"])
        twice.append([student.two_choices(seen, chance, case["d"]) for _ in range(20)])
    usual = [0] * len(counts)
    for _ in range(case["often"] if case["d"] == 2 and len(counts) == 3 else 0):
        store = student.two_choices(seen, chance)
        if type(store) is int and 0 <= store < len(usual):
            usual[store] += 1
    return {"counts": counts, "none": none, "strange": strange, "twice": twice, "usual": usual}


def shares_of(case):
    """The share of each store when `d` of the open ones are drawn, one after the other, and the emptiest is taken."""
    stores = [store for store, is_open in enumerate(case["open"]) if is_open]
    shares = [0.0] * len(case["open"])
    for store in stores:
        more = sum(case["inside"][other] > case["inside"][store] for other in stores)
        alike = sum(case["inside"][other] == case["inside"][store] for other in stores)
        shares[store] = (((more + alike) / len(stores)) ** case["d"] - (more / len(stores)) ** case["d"]) / alike
    return shares


def counted(case, evidence):
    """The customers that were sent somewhere and should not have been, in words; or None."""
    if evidence["strange"]:
        return wrong_store(evidence["strange"][0], case["open"])
    for store, count in enumerate(evidence["counts"]):
        if count and not case["open"][store]:
            return wrong_store(store, case["open"])


@two.criterion(on=["some are shut", "all are open"], points=2)
def only_open_ones(case, evidence):
    """Only open stores are drawn: nobody is sent to a shut one, or nowhere although stores are open."""
    if wrong := counted(case, evidence):
        return wrong
    if evidence["none"]:
        return f"{lamps(case['open'])}, and {evidence['none']} of {case['often']} customers got None"
    if sum(evidence["counts"]) != case["often"]:
        return f"{case['often']} customers came, and {sum(evidence['counts'])} were sent to a store"


@two.criterion(on=["one is open", "all are shut", "one store, shut"])
def one_open_is_enough(case, evidence):
    """The only open store is drawn twice, and gets everybody; None when all are shut."""
    only = [store for store, is_open in enumerate(case["open"]) if is_open]
    if wrong := counted(case, evidence):
        return wrong
    if not only and evidence["none"] != case["often"]:
        return f"all stores are shut: a customer should get None, and {sum(evidence['counts'])} were sent to a store"
    if only and evidence["counts"][only[0]] != case["often"]:
        return f"only store {only[0]} is open, and {evidence['none']} of {case['often']} customers got None"


@two.criterion(on=["three lines", "ten lines", "four equal lines", "half are shut"], points=2)
def asks_two_not_all(case, evidence):
    """Each store gets its share of two draws from `chance`, and of equal lines each as many as any other."""
    if wrong := counted(case, evidence):
        return wrong
    shares = shares_of(case)
    store = too_far(evidence["counts"], shares, case["often"])
    if store is None:
        if evidence["twice"][0] != evidence["twice"][1] or len(evidence["twice"][0]) < 20:
            return "the same snapshot with the same chance gave other stores the second time: draw from `chance` alone"
        return None
    lines = "all lines are equal" if len(set(case["inside"])) == 1 else f"there are {shown(case['inside'])} inside"
    if not all(case["open"]):
        lines += f" ({lamps(case['open'])})"
    looks, got = "", evidence["counts"]
    by_line = sorted(range(len(got)), key=lambda each: (not case["open"][each], case["inside"][each]))
    if got[by_line[0]] > 0.97 * case["often"]:
        looks = ": you looked at all of them"
    elif len(set(case["inside"])) > 1 and not got[by_line[sum(case["open"]) - 1]]:
        looks = ": a store may be drawn twice"
    elif not all(case["open"]):
        looks = ": each draw is one of the open stores, and no draw is lost to a shut one"
    return (
        f"{lines}, and {case['often']} customers come: store {store} should get about {shares[store]:.0%} of them, "
        f"and gets {got[store] / case['often']:.0%}{looks}"
    )


@two.criterion(on=["three draws", "one draw", "three lines"])
def as_many_draws_as_asked(case, evidence):
    """`d` says how many are drawn; without it two are."""
    shares = shares_of(case)
    for counts, told in ((evidence["counts"], f"d = {case['d']}"), (evidence["usual"], "without d")):
        if told == "without d" and case["kind"] != "three lines":
            continue
        store = too_far(counts, shares, case["often"])
        if store is not None:
            return (
                f"{told}, {shown(case['inside'])} inside: of {case['often']} customers store {store} should get about "
                f"{shares[store]:.0%}, and gets {counts[store] / case['often']:.0%}"
            )


@cache
def the_wait_of_two(stores, load, customers, seed):
    """The mean wait by the library's rule, with the same customers."""
    coming = Poisson(load * stores * 60)
    days = run_stores(coming, Exponential(60.0), stores, rule=the_shorter_of_two, customers=customers, seed=seed)
    return days.all.mean_wait


@two.criterion(on=["a hundred stores", "ten stores"])
def as_short_as_theory(case, evidence):
    """In a hundred stores, 90 % busy, customers are inside for as long as theory says: 2.6 services, by a coin 10."""
    right = the_wait_of_two(case["stores"], case["load"], case["customers"], case["seed"])
    if not near(evidence["wait"], right + 60, got_more=60):
        return (
            f"{case['stores']} stores with one till each are busy {case['load']:.0%} of the time, and each customer "
            f"needs a minute there: the mean wait should be about {right:.0f} s, and is {shown(evidence['wait'])} s"
        )


@two.scenario
def how_often_each(case, evidence):
    if "load" in case:
        right = the_wait_of_two(case["stores"], case["load"], case["customers"], case["seed"])
        return [("", "should be", "yours"), ("mean wait, s", f"{right:.1f}", shown(evidence.get("wait")))]
    rows, shares, counts = [("store", "inside", "lamp", "share", "yours")], shares_of(case), evidence.get("counts")
    for store, (inside, is_open) in enumerate(zip(case["inside"], case["open"], strict=True)):
        got = f"{counts[store] / case['often']:.0%}" if isinstance(counts, list) else shown(counts)
        rows.append((store, inside, "open" if is_open else "shut", f"{shares[store]:.0%}", got))
    return [*rows, ("d", case["d"], "", "", "")]


@two.search(rounds=30, words=lambda each: a_draw(each))
def any_stores(random, size):
    """Steps [inside, open, d, how often, seed]."""

    def step():
        number = random.randint(1, 5)
        share = random.choice([0.0, 0.5, 1.0, 1.0])
        inside = [random.choice([0, 1, 2, 2, 7]) for _ in range(number)]
        d, often = random.choice([(1, 200), (2, 200), (2, 200), (3, 200), (2, 1), (200, 1)])
        return [inside, [random.random() < share for _ in range(number)], d, often, random.randrange(1000)]

    return {"steps": [step() for _ in range(max(1, size // 2))]}


@two.player
def draw_often(student, case):
    """Yield what holds for any right answer: each store gets its share; of 200 draws, how long the line is."""
    from random import Random

    from letitcrash.balancing import Snapshot

    for inside, is_open, d, often, seed in case["steps"]:
        seen, chance, stores = Snapshot(tuple(inside), tuple(is_open)), Random(seed), range(len(inside))
        sent = [student.two_choices(seen, chance, d) for _ in range(often)]
        odd = [store for store in sent if store is not None and (type(store) is not int or store not in stores)]
        if odd:
            yield odd[0]
            return
        if None in sent:
            yield "None" if sent.count(None) == often else f"None {sent.count(None)} times"
            continue
        shut = [store for store in sent if not is_open[store]]
        if shut:
            yield f"store {shut[0]}, which is shut"
        elif d == 200:
            yield f"a store with {inside[sent[0]]} inside"
        else:
            may = [store for store in stores if is_open[store]]
            wrong = []
            for store in may:
                more = sum(inside[other] > inside[store] for other in may)
                alike = sum(inside[other] == inside[store] for other in may)
                share = (((more + alike) / len(may)) ** d - (more / len(may)) ** d) / alike
                if abs(sent.count(store) - share * often) > 6 * (often * share * (1 - share)) ** 0.5 + 1:
                    wrong.append(f"store {store} gets {sent.count(store)}, not about {share * often:.0f}")
            yield wrong[0] if wrong else "each store its share"


def a_draw(each):
    """Customers who find the same lines, or what they were told."""
    if isinstance(each, list) and len(each) == 5:
        inside, is_open, d, often, _ = each
        who = "a customer finds" if often == 1 else f"{often} customers find"
        return f"{who} {shown(inside)} inside, {lamps(is_open)}, d = {d}"
    return each if isinstance(each, str) else shown(each)


# Exercise 3, which no ticket needs: a store's cost --------------------------------------------------------------------

costs = Exercise(
    "peak_ewma",
    defines=["peak_ewma", "peak_load"],
    parts={"peak_ewma": "letitcrash.balancing:peak_ewma", "peak_load": "letitcrash.balancing:peak_load"},
    minutes=9,
    lines=9,
    optional=True,
)


@costs.cases
def replies(random):
    def case(kind, *replies, cost=None, tau=None):
        cost = random.randint(20, 200) / 10 if cost is None else cost
        tau = tau or float(random.randint(4, 30))
        return {"kind": kind, "cost": cost, "tau": tau, "replies": [list(each) for each in replies]}

    def seconds(low, high):
        return random.randint(low * 8, high * 8) / 8

    cost = random.randint(40, 200) / 10
    yield case("slower", [seconds(1, 9), cost + seconds(1, 30)], cost=cost)
    yield case("slower, at once", [0.0, cost + seconds(1, 30)], cost=cost)
    yield case("quicker", [seconds(1, 9), cost / 4], cost=cost)
    yield case("quicker, at once", [0.0, cost / 4], cost=cost)
    yield case("silence", [10.0, 0.0], cost=cost, tau=10.0)
    yield case("long silence", [seconds(100, 200), 0.0], tau=float(random.randint(4, 10)))
    yield case("ten quick ones in a second", *[[0.125, cost / 4]] * 8, cost=cost)
    yield case("two quick ones in an hour", *[[1800.0, cost / 4]] * 2, cost=cost, tau=900.0)
    yield case("the first", [seconds(1, 9), seconds(1, 9)], cost=0.0)
    yield case("the clock runs back", [-seconds(1, 9), seconds(1, 9)])
    for kind, cost, inside in (
        ("idle", seconds(1, 9), 0),
        ("busy", seconds(1, 9), random.randint(1, 9)),
        ("unknown, empty", 0.0, 0),
        ("unknown, one inside", 0.0, random.randint(1, 5)),
    ):
        yield {"kind": kind, "cost": cost, "inside": inside, "penalty": float(random.choice([100, 1000, 10**5]))}


@costs.driver
def remember(student, case):
    if "inside" in case:
        return {
            "load": student.peak_load(case["cost"], case["inside"], case["penalty"]),
            "usual": student.peak_load(case["cost"], case["inside"]),
        }
    cost, seen = case["cost"], []
    for since, rtt in case["replies"]:
        try:
            cost = student.peak_ewma(cost, since, rtt, case["tau"])
        except ValueError:
            cost = "ValueError"
        seen.append(cost)
        if not isinstance(cost, int | float):
            break
    return {"costs": seen}


def the_costs(case):
    """The costs after each reply, as the library has them."""
    cost, seen = case["cost"], []
    for since, rtt in case["replies"]:
        cost = right_cost(cost, since, rtt, case["tau"])
        seen.append(cost)
    return seen


def wrong_cost(case, evidence):
    """The first cost that is wrong, in a sentence; or None."""
    before, right = case["cost"], the_costs(case)
    for at, ((since, rtt), expected) in enumerate(zip(case["replies"], right, strict=True)):
        got = evidence["costs"][at] if at < len(evidence["costs"]) else None
        if not close(got, expected):
            many = "" if len(right) == 1 else f"reply {at + 1} of {len(right)}: "
            said = "nothing (None)" if got is None else shown(got)
            return (
                f"{many}the cost was {before:.4g} s, {since:g} s later a reply took {rtt:.4g} s, tau is "
                f"{case['tau']:g} s: the cost should be {expected:.4g} s, and yours is {said}"
            )
        before = expected


@costs.criterion(on=["slower", "slower, at once", "the first", "quicker"], points=2)
def peaks_at_once(case, evidence):
    """A reply that is slower than the cost is the cost from then on; a quicker one is not."""
    return wrong_cost(case, evidence)


@costs.criterion(
    on=["quicker", "quicker, at once", "silence", "long silence", "two quick ones in an hour", "slower"], points=2
)
def forgets_by_the_second(case, evidence):
    """A quicker reply lowers the cost by the time that has passed: exp(-since / tau) of the old one is left."""
    return wrong_cost(case, evidence)


@costs.criterion(on=["ten quick ones in a second", "two quick ones in an hour"])
def not_by_the_reply(case, evidence):
    """Many quick replies in a second make the store forget no more than one does."""
    return wrong_cost(case, evidence)


@costs.criterion(on=["the clock runs back", "quicker, at once"])
def the_clock_does_not_run_back(case, evidence):
    """A negative time is a ValueError; no time at all is none."""
    if case["kind"] != "the clock runs back":
        return wrong_cost(case, evidence)
    if evidence["costs"] != ["ValueError"]:
        return (
            f"{case['replies'][0][0]:g} s after the last look: a clock that runs back should be a ValueError, and "
            f"there was a cost of {shown(evidence['costs'][0])}"
        )


@costs.criterion(on=["idle", "busy"])
def one_more_counts(case, evidence):
    """The load counts the customer who would come, too: the cost times one more than are inside."""
    return wrong_load(case, evidence)


@costs.criterion(on=["unknown, empty", "unknown, one inside", "idle"], points=2)
def the_unknown_is_tried_once(case, evidence):
    """A store from which nobody has come back has no load while it is empty, and the penalty with one inside."""
    return wrong_load(case, evidence)


def wrong_load(case, evidence):
    """The fault of the load, in a sentence; or None."""
    for key, penalty in (("load", case["penalty"]), ("usual", 1e6)):
        expected = right_load(case["cost"], case["inside"], penalty)
        if not close(evidence[key], expected, relative=1e-9):
            usual = "" if key == "load" else " (the default)"
            return (
                f"the cost is {case['cost']:g} s, {case['inside']} are inside, the penalty is {penalty:g}{usual}: "
                f"the load should be {expected:g}, and yours is {shown(evidence[key])}"
            )


@costs.scenario
def reply_by_reply(case, evidence):
    if "inside" in case:
        right = right_load(case["cost"], case["inside"], case["penalty"])
        return [("cost", "inside", "penalty", "should be", "yours"), (
            case["cost"], case["inside"], case["penalty"], f"{right:g}", shown(evidence.get("load")))]  # fmt: skip
    rows = [("seconds later", "the reply took", "should be", "yours")]
    right = ["ValueError"] if case["kind"] == "the clock runs back" else the_costs(case)
    mine = evidence.get("costs")
    for at, (since, rtt) in enumerate(case["replies"]):
        got = (mine[at] if at < len(mine) else "") if isinstance(mine, list) else mine
        rows.append((since, rtt, shown(right[at]), shown(got)))
    return [*rows, ("cost before", case["cost"], "tau", case["tau"])]


@costs.search(rounds=40, words=lambda each: a_reply(each))
def two_memories(random, size):
    """Steps [store, second, "reply" or "look", seconds or inside]; two stores, each with a memory of its own.

    No cost fades so far that one right formula gives 0 and another one 1e-20: a store of cost 0 is an unknown one.
    """
    last, tau = random.choice([(4.0, 0.5), (4.0, 2.0), (60.0, 10.0), (60.0, 90.0)])

    def step(at):
        which = random.randrange(2)
        if random.random() < 0.3:
            return [which, at, "look", random.choice([0, 1, 3])]
        return [which, at, "reply", random.choice([0.0, 0.125, 0.5, 1.0, 2.0, 8.0])]

    steps = [step(at) for at in moments(random, size, last=last)]
    if random.random() < 0.3:
        steps.append([random.randrange(2), 0.0, "reply", 1.0])
    return {"tau": tau, "penalty": random.choice([50.0, 1e6]), "steps": steps}


@costs.player
def remember_two_stores(student, case):
    cost, last = [0.0, 0.0], [0.0, 0.0]
    for which, at, what, how in case["steps"]:
        rtt = how if what == "reply" else 0.0
        try:
            now = student.peak_ewma(cost[which], at - last[which], rtt, case["tau"])
        except ValueError:
            yield "ValueError"
            continue
        if what == "reply":
            yield now
        else:
            yield {"load": student.peak_load(now, how, case["penalty"])}
        cost[which], last[which] = now, at


def a_reply(each):
    """A step, or what came of it."""
    if isinstance(each, list):
        which, at, what, how = each
        told = f"a reply took {how:g} s" if what == "reply" else f"we look, and {how} are inside"
        return f"{at:g} s: store {which}: {told}"
    if isinstance(each, dict):
        return f"a load of {shown(each.get('load'))}"
    return f"a cost of {shown(each)}" if number(each) else str(each)


# Exercise 4: a store that says sorry ----------------------------------------------------------------------------------

outliers = Exercise(
    "outliers",
    defines=["Outliers"],
    parts={"Outliers": "letitcrash.balancing:Outliers"},
    minutes=16,
    lines=17,
    steps=1_000_000,
)


@outliers.cases
def sorries(random):
    def case(kind, stores, script, asks, **settings):
        return {"kind": kind, "stores": stores, "settings": settings, "script": script, "asks": asks}

    def answers(store, oks, since=0, apart=None):
        apart = apart or random.choice([1, 2, 4])
        return [[since + number * apart, store, ok] for number, ok in enumerate(oks)]

    def last(script):
        return script[-1][0]

    few, begin = random.randint(1, 4), random.randint(3, 50)
    store, other = random.sample(range(3), 2)
    script = answers(store, [False] * few, begin)
    yield case("a sorry is nothing", 3, script, [last(script), last(script) + 1])
    script = answers(store, [False] * 5, begin)
    asks = [last(script), last(script) + 29.875, last(script) + 30, last(script) + 100]
    yield case("five in a row", 3, script, asks)
    times = random.randint(2, 7)
    script = answers(store, [False] * times, begin)
    settings = {"consecutive": times, "ejection": float(random.randint(5, 90)), "most": 0.5}
    asks = [
        script[-2][0],
        last(script),
        last(script) + settings["ejection"] - 0.125,
        last(script) + settings["ejection"],
    ]
    yield case("as it is set", 3, script, asks, **settings)
    few = random.randint(1, 4)
    script = answers(store, [False] * few, begin)
    script += answers(store, [True] * random.randint(1, 20), last(script) + 1)
    script += answers(store, [False] * random.randint(5 - few, 4), last(script) + 1)
    yield case("a success between", 3, script, [last(script), last(script) + 1])
    script = [[begin + 2 * at, each, False] for at, each in enumerate([store, other] * 3)]
    yield case("three here and three there", 3, script, [last(script)])
    five = answers(store, [False] * 5, begin)
    back = last(five) + 30 + random.randint(0, 9)
    yield case("one after it is back", 3, [*five, [back, store, False]], [back, back + 59.875, back + 60])
    third = back + 60 + random.randint(0, 9)
    script = [*five, [back, store, False], [third, store, False]]
    yield case("the third time", 3, script, [third, third + 89.875, third + 90])
    served = [*five, [back, store, True]]
    yield case("served after it is back", 3, [*served, [back + 1, store, False]], [back + 1, back + 2])
    script = served + [[back + 2 + at, store, False] for at in range(5)]
    yield case("five after it has served", 3, script, [back + 5, back + 6, back + 65.875, back + 66])
    script = answers(0, [False] * 5, begin)
    script += answers(1, [False] * random.randint(5, 8), last(script) + 1, apart=1)
    yield case("both of two", 2, script, [last(script)])
    script = [[begin + at, each, False] for at, each in enumerate([0, 1, 2, 3] * 7)]
    yield case("all of four", 4, script, [last(script)])
    script = [[begin + at, each, False] for at, each in enumerate([0, 1, 2] * 7)]
    yield case("all of three", 3, script, [last(script)])
    yield case("a share of one", 3, script, [last(script)], consecutive=5, ejection=600.0, most=1.0)
    script = answers(store, [False] * 5, begin, apart=1) + answers(store, [False] * 6, begin + 10, apart=1)
    script += [[begin + 16, store, True], [begin + 36, store, False]]
    yield case("late answers", 3, script, [begin + 33.875, begin + 34, begin + 36])
    script = [*answers(store, [False] * 3, begin, apart=1), [begin + 3, other, True]]
    script += answers(store, [False] * 2, begin + 4, apart=1)
    yield case("another one serves", 3, script, [begin + 4, begin + 5])
    script = answers(store, [False] * 5, begin, apart=1)
    script += [*answers(other, [False] * random.randint(5, 7), begin + 5, apart=1), [begin + 35, other, False]]
    yield case("room again", 3, script, [begin + 11, begin + 35, begin + 64.875, begin + 65])
    script = answers(store, [False] * 5, begin, apart=1) + answers(other, [False] * 5, begin + 35, apart=1)
    script += [[begin + 40, store, False], [begin + 70, store, False]]
    yield case("on trial and no room", 3, script, [begin + 40, begin + 70, begin + 129.875, begin + 130])
    for kind, minutes in (("dark for 45 minutes", 45), ("dark for 20 minutes", 20)):
        yield {"kind": kind, "dark": [0, 60 * minutes], "seed": random.randrange(10**6)}


@outliers.driver
def listen(student, case):
    from letitcrash.balancing import Dark, least_connections, run_stores
    from letitcrash.queueing import Exponential, Poisson

    if "dark" in case:
        since, until = case["dark"]
        days = run_stores(
            Poisson(240),
            Exponential(120.0),
            2,
            5,
            rule=least_connections,
            outliers=student.Outliers,
            faults=[Dark(0, since, until)],
            until=until + 1200,
            seed=case["seed"],
        )
        store, came, fate = days.visits.store, days.visits.came, days.visits.fate
        visits = list(zip(store, came, fate, strict=True))
        served = [at for where, at, how in visits if where == 0 and at >= until and how == "served"]
        knocks = sum(where == 0 and since <= at < until for where, at, _ in visits)
        return {"lost": days.lost, "knocks": knocks, "back": min(served) - until if served else -1}
    listener, script, asks, seen = student.Outliers(case["stores"], **case["settings"]), list(case["script"]), [], []
    for at in case["asks"]:
        while script and script[0][0] <= at:
            now, store, ok = script.pop(0)
            listener.heard(store, ok, now)
        asks.append(at)
        answer = listener.open(at)
        seen.append(list(answer) if isinstance(answer, tuple | list) else answer)
    return {"open": seen}


def right_lamps(case):
    """The stores that are open at each moment at which the exam asks, as the library has them."""
    listener, script, seen = RightOutliers(case["stores"], **case["settings"]), list(case["script"]), []
    for at in case["asks"]:
        while script and script[0][0] <= at:
            now, store, ok = script.pop(0)
            listener.heard(store, ok, now)
        seen.append(list(listener.open(at)))
    return seen


def wrong_lamp(case, evidence, because=""):
    """The first moment at which a store should be in and is out, or the other way round, in a sentence; or None."""
    right = right_lamps(case)
    mine = evidence["open"]
    for at, expected, got in zip(case["asks"], right, [*mine, *[None] * len(right)], strict=False):
        if got == expected:
            continue
        if not isinstance(got, list) or len(got) != len(expected) or not all(isinstance(each, bool) for each in got):
            return (
                f"open({at:g}) should be a tuple of True and False, one for each of {len(expected)} stores, and is "
                f"{shown(got)}"
            )
        store = next(store for store, pair in enumerate(zip(got, expected, strict=True)) if pair[0] != pair[1])
        should, does = ("in", "out") if expected[store] else ("out", "in")
        heard = [
            ("served" if ok else "sorry", second)
            for second, where, ok in case["script"]
            if where == store and second <= at
        ]
        told = ", ".join(f"{what} at {second:g} s" for what, second in heard[-8:]) or "nothing"
        more = "... " if len(heard) > 8 else ""
        return f"store {store} said {more}{told}: at {at:g} s it should be {should}, and is {does}{because}"


@outliers.criterion(
    on=["a sorry is nothing", "five in a row", "as it is set", "three here and three there", "another one serves"],
    points=2,
)
def one_sorry_is_nothing(case, evidence):
    """A store is left out after `consecutive` sorries in a row of its own, and not after fewer."""
    return wrong_lamp(case, evidence)


@outliers.criterion(on=["five in a row", "as it is set", "late answers", "a sorry is nothing"])
def it_is_left_out_for_a_while(case, evidence):
    """A store is out for `ejection` seconds from its last sorry on; what is heard of it meanwhile changes nothing."""
    return wrong_lamp(case, evidence)


@outliers.criterion(on=["a success between", "five in a row", "served after it is back"], points=2)
def a_success_ends_the_count(case, evidence):
    """A customer who is served ends the count: only sorries in a row make an outlier."""
    between = case["kind"] == "a success between"
    return wrong_lamp(case, evidence, because=": only sorries in a row count" if between else "")


@outliers.criterion(
    on=["one after it is back", "the third time", "five after it has served", "five in a row"], points=2
)
def each_time_is_longer_than_the_last(case, evidence):
    """The second time a store is out for twice as long, the third time for three times as long."""
    return wrong_lamp(case, evidence)


@outliers.criterion(on=["one after it is back", "served after it is back", "the third time"])
def then_one_sorry_is_enough(case, evidence):
    """A store that has just come back needs one sorry to be out again, until it has served somebody."""
    return wrong_lamp(case, evidence)


@outliers.criterion(on=["both of two", "all of four", "all of three", "a share of one"], points=2)
def never_more_than_half(case, evidence):
    """At most the share `most` of the stores is out at any moment, however many sorries there are."""
    most, last = case["settings"].get("most", 0.5) * case["stores"], evidence["open"][-1] if evidence["open"] else None
    if isinstance(last, list) and len(last) == case["stores"] and last.count(False) > most:
        return (
            f"all {case['stores']} stores said sorry, and {last.count(False)} are out: at most {most:g} may be, or "
            "all customers stand in the street"
        )
    return wrong_lamp(case, evidence)


@outliers.criterion(on=["room again", "on trial and no room"], points=2)
def its_next_sorry_asks_again(case, evidence):
    """A store that stays in because too many are out keeps its count and its trial: its next sorry asks again."""
    no_room = case["asks"][0]
    stayed = f": at {no_room:g} s it stays in, for another one is out; that is no time out, and ends no count or trial"
    return wrong_lamp(case, evidence, because=stayed)


@cache
def the_dark_day(since, until, seed):
    """The customers lost, and the seconds until store 0 is used again, by the library's Outliers."""
    days = run_stores(
        Poisson(240), Exponential(120.0), 2, 5, rule=the_shorter_line, outliers=RightOutliers,
        faults=[Dark(0, since, until)], until=until + 1200, seed=seed,
    )  # fmt: skip
    return days.lost


@outliers.criterion(on=["dark for 45 minutes", "dark for 20 minutes"])
def the_dark_store_loses_few(case, evidence):
    """A store that is dark for 45 minutes costs 20 customers at most; they are how we know that it still is."""
    since, until = case["dark"]
    right = the_dark_day(since, until, case["seed"])
    most = 20 if case["kind"] == "dark for 45 minutes" else 15
    lost, dark = (
        evidence["lost"],
        f"store 0 is dark for {(until - since) // 60} minutes, and says sorry to each customer",
    )
    if not number(lost) or lost > most:
        return (
            f"{dark}: {right} are lost when its ejections grow and one sorry is enough after the first, {most} may "
            f"be, and you lose {shown(lost)}"
        )
    if lost < right - 2:
        return (
            f"{dark}: {right} of them find out one by one that it still is, and {lost} with yours: it is left out "
            "after too few sorries, or for too long"
        )
    if evidence["knocks"] != evidence["lost"]:
        return f"{shown(evidence['knocks'])} customers were sent to the dark door, and {evidence['lost']} were lost"


@outliers.criterion(on=["dark for 45 minutes", "dark for 20 minutes", "five in a row"])
def it_comes_back(case, evidence):
    """A store comes in again: when the light is back, customers are sent there within eight minutes."""
    if "dark" not in case:
        return wrong_lamp(case, evidence)
    back = evidence["back"]
    if not number(back) or not 0 < back <= 480 or evidence["lost"] < 5:
        when = "never again" if back == -1 else f"after {shown(back)} s"
        return (
            f"the light of store 0 is back, and by then {shown(evidence['lost'])} customers had been told sorry: the "
            f"first customer should be sent there within 480 s, and was {when}"
        )


@outliers.scenario
def what_was_heard(case, evidence):
    if "dark" in case:
        since, until = case["dark"]
        rows = [("", ""), ("the light of store 0 is out", f"from {since} to {until} s")]
        words = {"knocks": "sent to the dark door", "lost": "lost", "back": "seconds until it was used again"}
        return [*rows, *((told, shown(evidence[key])) for key, told in words.items())]
    rows = [("second", "store", "says", "open should be", "yours")]
    happened = [(at, store, "served" if ok else "sorry", "", "") for at, store, ok in case["script"][-20:]]
    mine = evidence["open"]
    for at, right in enumerate(right_lamps(case)):
        got = (mine[at] if at < len(mine) else "") if isinstance(mine, list) else mine
        happened.append((case["asks"][at], "", "", shown(right), shown(got)))
    happened.sort(key=lambda row: row[0])
    settings = [("", "", f"{name} = {value:g}", "", "") for name, value in case["settings"].items()]
    return rows + happened + settings


@outliers.search(rounds=90, words=lambda each: an_answer(each))
def two_listeners(random, size):
    """Steps [door, second, store, ok]: what each of two doors hears; after each its lamps are asked."""
    stores = random.choice([1, 2, 2, 3, 4, 4])

    def settings():
        return {
            "consecutive": random.choice([1, 2, 2, 3]),
            "ejection": random.choice([0.5, 1.0, 2.0]),
            "most": random.choice([0.0, 0.4, 0.5, 0.75, 1.0, 1.0]),
        }

    served = random.choice([0.1, 0.3, 0.5])

    def step(at):
        return [random.randrange(2), at, random.randrange(stores), random.random() < served]

    return {
        "stores": stores,
        "settings": [settings(), settings()],
        "steps": [step(at) for at in moments(random, 3 * size, last=random.choice([8.0, 20.0]))],
    }


@outliers.player
def listen_at_two_doors(student, case):
    doors = [student.Outliers(case["stores"], **settings) for settings in case["settings"]]
    for door, at, store, ok in case["steps"]:
        before = doors[door].open(at)
        doors[door].heard(store, ok, at)
        after, other = doors[door].open(at), doors[1 - door].open(at)
        yield [list(each) if isinstance(each, tuple) else each for each in (before, after, other)]


def an_answer(each):
    """An answer that a door hears, or the lamps before and after it."""
    if isinstance(each, list) and len(each) == 4 and isinstance(each[1], float):
        door, at, store, ok = each
        return f"{at:g} s: door {door + 1} hears that store {store} {'served' if ok else 'said sorry'}"
    if isinstance(each, list) and len(each) == 3:
        return "before {}, after {}, at the other door {}".format(*map(in_or_out, each))
    return shown(each)


def in_or_out(lamps_of_a_door):
    """The stores that are in, of a door's lamps."""
    if not isinstance(lamps_of_a_door, list):
        return shown(lamps_of_a_door)
    return (
        "["
        + ", ".join("in" if each is True else "out" if each is False else shown(each) for each in lamps_of_a_door)
        + "]"
    )


# Exercise 5: the ticket -----------------------------------------------------------------------------------------------

ticket = Exercise(
    "ticket",
    defines=["admit"],
    parts={"admit": "letitcrash.balancing:admit"},
    minutes=13,
    lines=3,
    steps=20_000_000,
)


@ticket.cases
def mondays(random):
    def came(now, number, longest):
        return sorted(now - random.randint(0, int(longest * 8)) / 8 for _ in range(number))

    now = float(random.randint(50, 900))
    crowd = {"other": came(now - 3, random.randint(120, 160), 14)}
    yield {"kind": "a few old slips", "now": now, "came": [now - 13.5, *came(now, random.randint(2, 4), 9)], **crowd}
    yield {"kind": "a short line", "now": now, "came": came(now, random.randint(1, 4), 0.5)}
    yield {"kind": "a long line", "now": now + 1, "came": came(now, random.randint(120, 160), 14)}
    yield {"kind": "nobody", "now": now + 2, "came": []}
    yield {"kind": "a Monday", "seed": random.randrange(10**6), "bus": True}
    yield {"kind": "a quiet day", "seed": random.randrange(10**6), "bus": False}


@ticket.driver
def on_monday(student, case):
    from collections import namedtuple

    from letitcrash.balancing.lab_reference import AFTER, BEFORE, monday

    if "seed" in case:
        morning = monday(student.admit, case["seed"], bus=case["bus"])
        found = {}
        for name, (since, until) in (("before", BEFORE), ("after", AFTER), ("all day", (BEFORE[0], AFTER[1]))):
            fates = [how for at, how in zip(morning.arrived, morning.fate, strict=True) if since <= at < until]
            found[name] = [len(fates), fates.count("served")]
        rows = list(zip(morning.visits.served, morning.visits.till, morning.visits.fate, strict=True))
        worked = sum(seconds for seconds, till, _ in rows if till)
        for_nobody = sum(seconds for seconds, till, how in rows if till and how == "reneged")
        share = for_nobody / worked if worked else 0.0
        return {**found, "sent away": morning.refusals, "visits": len(rows), "for nobody": share}
    Slip = namedtuple("Slip", "came customer earlier visit")
    line = [Slip(came, number, 0, number) for number, came in enumerate(case["came"], start=1)]
    others = case.get("other", [came - 3 for came in case["came"][::2]])
    other = [Slip(came, number, 1, number) for number, came in enumerate(others, start=500)]
    answers = []
    for asked, now in ((line, case["now"]), (other, case["now"] - 3), (line, case["now"])):
        answer = student.admit(list(asked), now)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"stay": answer, "away": None, "again": None}
        answers.append([[getattr(slip, "customer", slip) for slip in part] for part in answer])
    return {"stay": answers[0][0], "away": answers[0][1], "again": answers[2] == answers[0]}


@ticket.criterion(on=["a Monday", "a quiet day"], points=3)
def the_bus_is_forgotten(case, evidence):
    """From a minute after the bus on, 95 of 100 customers who come are served."""
    came, served = evidence["after"]
    if not came or not real_count(case, evidence, "after") or served < 0.95 * came:
        said = "a minute after the bus has gone" if case["bus"] else "on a day without a bus"
        share = evidence["for nobody"]
        for_nobody = f"; {share:.0%} of the clerks' work was for customers who had gone out" if 0.1 < share <= 1 else ""
        return (
            f"{said}, {shown(came)} customers come in a minute, and {shown(served)} of them are ever served{for_nobody}"
        )


@ticket.criterion(on=["a quiet day", "a Monday"], points=2)
def quiet_days_stay_quiet(case, evidence):
    """Before the bus, and on a day without one, 99 of 100 customers are served."""
    stretch, most = ("before", 0.025) if case["bus"] else ("all day", 0.01)  # before the bus few come: more is chance
    came, served = evidence[stretch]
    if not real_count(case, evidence, stretch) or came - served > most * came:
        day = "before the bus comes" if case["bus"] else "on a day without a bus"
        lost = shown(came - served)
        return f"{day}, {shown(came)} customers come, and {lost} of them are never served; 1 in 100 may be"


def real_count(case, evidence, stretch):
    """True where as many customers came as did: a forger would have to know."""
    since, until = {"before": BEFORE, "after": AFTER, "all day": (BEFORE[0], AFTER[1])}[stretch]
    came = sum(since <= at < until for at in arrivals_of(case["seed"], case["bus"]))
    return evidence[stretch][0] == came and evidence[stretch][1] <= came


@cache
def arrivals_of(seed, bus):
    """The seconds at which the customers of this Monday come."""
    return tuple(arrivals(seed, bus))


@ticket.criterion(on=["a short line", "a long line", "nobody"], points=2)
def everybody_is_somewhere(case, evidence):
    """Each slip of the line is in one of the two answers, once: it stays, or it is taken out."""
    stay, away = evidence["stay"], evidence["away"]
    if not isinstance(stay, list) or not isinstance(away, list):
        return f"admit should return two lists, (stay, away), and returned {shown(stay)}"
    line, got = list(range(1, len(case["came"]) + 1)), [*stay, *away][:5000]
    for slip in line:
        if got.count(slip) != 1:
            where = "in neither list" if slip not in got else "in the lists twice"
            return f"a line of {len(line)}: slip {slip}, handed in at {case['came'][slip - 1]:g} s, is {where}"
    if len(got) != len(line):
        strange = [each for each in got if each not in line]
        return f"a line of {len(line)}, and {shown(strange[0])} is in your answer too"


@ticket.criterion(on=["a few old slips", "a short line", "a long line", "nobody"])
def same_line_same_answer(case, evidence):
    """The same line at the same second gets the same answer, whatever another counter asked in between."""
    if evidence["away"] is None:
        return f"admit should return two lists, (stay, away), and returned {shown(evidence['stay'])}"
    if evidence["again"] is not True:
        return "the same line at the same second, asked again after another counter's line, got another answer"
    if not evidence["stay"] and case["kind"] == "a short line":
        return (
            f"there are {len(case['came'])} in the line, who have come in this second, and nobody stays: the clerks "
            "have nothing to do"
        )
    slips = [*evidence["stay"], *evidence["away"]][:300]
    if slips and not case["came"]:
        return f"nobody is in the line, and {shown(slips[0])} is in your answer"
    if any(not number(each) for each in slips):
        return f"the two lists should hold slips, and hold {shown(evidence['stay'])} and {shown(evidence['away'])}"


@ticket.scenario
def how_the_morning_went(case, evidence):
    if "seed" in case:
        rows = [("", "came", "were served")]
        stretches = {"before": "30 to 200 s, before the bus", "after": "340 to 400 s, after the bus"}
        for stretch, words in (stretches if case["bus"] else {"all day": "30 to 400 s"}).items():
            came, served = evidence[stretch] if isinstance(evidence[stretch], list) else (shown(evidence[stretch]), "")
            rows.append((words, came, served))
        return [*rows, ("visits", shown(evidence["visits"]), ""), ("sent away", shown(evidence["sent away"]), ""), (
            "work for customers who had gone", shown(evidence["for nobody"]), "")]  # fmt: skip
    return [
        ("", ""),
        ("now", f"{case['now']:g} s"),
        ("handed in at", shown(case["came"])),
        ("stay", shown(evidence["stay"])),
        ("away", shown(evidence["away"])),
    ]


@ticket.search(rounds=10, step_by_step=False, agree=lambda *asked: wrong_day(*asked), words=lambda each: a_bus(each))
def two_counters(random, size):
    """Steps [counter, second, customers]: the buses of two counters; each 0.3 s one more customer comes."""
    sizes = [random.choice([5, 20, 60, 60]) for _ in range(1 + size // 5)] + [100] * (size > 12)
    buses = [[random.randrange(2), random.randint(4, 12), number] for number in sizes]
    return {"steps": sorted(buses, key=lambda bus: bus[1]), "seconds": 80}


@ticket.player
def serve_at_two_counters(student, case):
    """Yield, for each counter, what is lost or doubled, and how many of the last 20 s were served within ten seconds.

    A clerk takes a slip each fifth of a second. A customer goes out after ten seconds, or when sent away, and comes in
    again, three times.
    """
    from collections import namedtuple

    Slip = namedtuple("Slip", "came customer earlier visit")
    lines, wrong, number, came_first = ([], []), [None, None], [0, 0], ([], [])
    waiting, served, late, again = ({}, {}), ([0, 0], [0, 0]), ([], []), ([], [])

    def hands_in(counter, now, customer, earlier):
        number[counter] += 1
        slip = Slip(now, customer, earlier, number[counter])
        lines[counter].append(slip)
        waiting[counter][slip.visit] = slip
        late[counter].append(slip)

    def goes_out(counter, now, slip):
        if waiting[counter].pop(slip.visit, None) and slip.earlier < 3:
            again[counter].append((slip.customer, slip.earlier + 1))

    def asked(counter, now):
        line = lines[counter]
        answer = student.admit(list(line), now)
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return answer
        stay, away = list(answer[0]), list(answer[1])
        if wrong[counter] is None and len(line) < 150:
            if sorted([*stay, *away]) != sorted(line):
                wrong[counter] = (
                    f"at {now:g} s, of a line of {len(line)}, not every slip is in one of the two lists once"
                )
            elif [list(part) for part in student.admit(list(line), now)] != [stay, away]:
                wrong[counter] = f"at {now:g} s the same line got two different answers"
        lines[counter][:] = stay
        for slip in away:
            goes_out(counter, now, slip)
        return None

    for tick in range(case["seconds"] * 10):
        now = tick / 10
        for counter in (0, 1):
            for customer, earlier in again[counter]:
                hands_in(counter, now, customer, earlier)
            again[counter].clear()
            while late[counter] and late[counter][0].came + 10 <= now:
                goes_out(counter, now, late[counter].pop(0))
            buses = [bus[2] for bus in case["steps"] if bus[0] == counter and bus[1] == now]
            for _ in range(sum(buses) + (tick % 3 == 0)):
                came_first[counter].append(now)
                hands_in(counter, now, len(came_first[counter]), 0)
                if now >= case["seconds"] - 20 and now < case["seconds"] - 10:
                    served[counter][0] += 1
            if tick % 2 or not lines[counter]:
                continue
            odd = asked(counter, now)
            if odd is not None:
                yield odd
                return
            if lines[counter]:
                slip = lines[counter].pop(0)
                if waiting[counter].pop(slip.visit, None):
                    first = came_first[counter][slip.customer - 1]
                    served[counter][1] += case["seconds"] - 20 <= first < case["seconds"] - 10
    for counter in (0, 1):
        yield {"counter": counter, "wrong": wrong[counter], "came": served[counter][0], "served": served[counter][1]}


def wrong_day(case, seen, expected):
    """The fault of a day at two counters, in a sentence; or None."""
    if len(seen) != len(expected):
        return f"admit should return two lists, (stay, away), and returned {shown(seen[-1] if seen else None)}"
    for mine, right in zip(seen, expected, strict=True):
        buses = [bus for bus in case["steps"] if bus[0] == mine["counter"]]
        told = "; ".join(map(a_bus, buses)) or f"no bus comes to counter {mine['counter'] + 1}"
        if mine["wrong"]:
            return f"{told}: {mine['wrong']}"
        if mine["came"] != right["came"] or mine["served"] < 0.8 * right["served"] or mine["served"] > mine["came"]:
            return (
                f"{told}: of {right['came']} customers who come at {case['seconds'] - 20} to {case['seconds'] - 10} s "
                f"about {right['served']} should be served, and {shown(mine['served'])} are"
            )


def a_bus(each):
    """A bus, or what came of a counter's day."""
    if isinstance(each, list):
        return f"at {each[1]} s a bus brings {each[2]} customers to counter {each[0] + 1}"
    if isinstance(each, dict):
        return f"counter {each['counter'] + 1}: {each['served']} of {each['came']} served"
    return shown(each)


@ticket.tells
def shares_and_visits(cases, evidence):
    """The figures that the ticket was judged by."""
    by_kind = {case["kind"]: seen for case, seen in zip(cases, evidence, strict=True)}
    bus, quiet = by_kind["a Monday"], by_kind["a quiet day"]
    before, after = (bus[stretch][1] / bus[stretch][0] for stretch in ("before", "after"))
    calm = quiet["all day"][1] / quiet["all day"][0]
    return (
        f"Of 100 customers {100 * before:.1f} were served before the bus and {100 * after:.1f} from a minute after "
        f"it on (95 needed); on a quiet day {100 * calm:.1f} (99 needed). On Monday {bus['sent away']} of "
        f"{bus['visits']} visits were sent away."
    )
