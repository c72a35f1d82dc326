"""The exam of lab 7: a cache, a ring, one fetch for all, orders for nine o'clock, and news that got lost.

The library plays the same cases, and its evidence is the right one, except in the ticket: there are many right ways to
act on news, and what is judged is how old a price gets and what that costs.
"""

from functools import cache
from itertools import pairwise

from letitcrash.caching import Cache as RightCache
from letitcrash.caching import owner as right_owner
from letitcrash.caching import ring as right_ring
from letitcrash.caching import stable_hash
from letitcrash.caching import start_times as right_starts
from letitcrash.caching.shelves import questions_of
from letitcrash.classroom.exam import Exercise, any_value, number, same, shown
from letitcrash.classroom.references import replayed

GOODS = ["eggs", "milk", "bread", "ham", "jam", "tea", "salt", "beans", "figs", "rice", "plums", "leeks"]
PEOPLE = ["Ann", "Ben", "Cem", "Dora", "Eva", "Finn", "Gus", "Hana", "Ida", "Jon", "Kim", "Lea", "Max", "Nora"]
STORES = ["north", "south", "east", "west", "harbour", "station", "market", "mill", "bridge", "church", "park", "hill"]


def seconds(at):
    """A second in words."""
    return f"{at:g} s"


def many(count, what):
    """A count and its noun: one time, two times."""
    return f"{shown(count)} {what}{'' if count == 1 else 's'}"


# Exercise 1: the cache ------------------------------------------------------------------------------------------------

shelf = Exercise("cache", defines=["Cache"], parts={"Cache": "letitcrash.caching:Cache"}, minutes=13, lines=18)


@shelf.cases
def steps_at_the_shelf(random):
    """Steps [what, second, ...]: "put" key value origin, "get" key, "drop" document, "flush"; `room` for so many."""

    def case(kind, *steps, ttl=900.0, room=None):
        return {"kind": kind, "ttl": ttl, "room": room, "steps": [list(step) for step in steps]}

    a, b, c, d = random.sample(GOODS, 4)
    price, other = random.randint(50, 400), random.randint(401, 900)
    at, ttl = float(random.randint(0, 90)), float(random.randint(5, 900))
    yield case("fresh", ["put", at, a, price], ["get", at, a], ["get", at + ttl - 0.125, a], ["get", at, b], ttl=ttl)
    yield case("at the edge", ["put", at, a, price], ["get", at + ttl, a], ["get", at + ttl + 0.125, a], ttl=ttl)
    often = [["get", at + ttl * share / 8, a] for share in range(1, 10)]
    yield case("read again and again", ["put", at, a, price], *often, ttl=ttl)
    yield case("put again", ["put", at, a, price], ["put", at + ttl / 2, a, other], ["get", at + ttl, a], ttl=ttl)
    yield case("the usual time to live", ["put", at, a, price], ["get", at + 899.875, a], ["get", at + 900, a])
    yield case("no time to live", ["put", at, a, price], ["get", at, a], ttl=0.0)
    nothing = [None, *random.sample([0, False, "", []], 2)]
    random.shuffle(nothing)
    steps = [["put", 0.0, key, value] for key, value in zip((a, b, c), nothing, strict=True)]
    yield case("nothing", *steps, *[["get", 1.0, key] for key in (a, b, c, d)])
    doc = random.choice(["price list", "the butcher's prices"])
    made = [["put", 0.0, a, price, doc], ["put", 1.0, b, other, doc], ["put", 2.0, c, price, "another list"]]
    looks = [["get", 4.0, key] for key in (a, b, c, d)]
    yield case("a document changes", *made, ["put", 2.5, d, 5], ["drop", 3.0, doc], *looks, ["drop", 5.0, doc])
    nameless = [["put", 0.0, a, price, ""], ["put", 1.0, b, other, None], ["drop", 2.0, ""], *looks[:2]]
    yield case("a document changes", *nameless)
    yield case("a key of that name", ["put", 0.0, a, price, doc], ["put", 0.0, b, other], ["drop", 1.0, a],
               ["get", 2.0, a], ["drop", 3.0, b], ["get", 4.0, b])  # fmt: skip
    yield case("made from another one", ["put", 0.0, a, price, doc], ["put", 1.0, a, other, "another list"],
               ["drop", 2.0, doc], ["get", 3.0, a], ["drop", 4.0, "another list"], ["get", 5.0, a])  # fmt: skip
    yield case("all goes", *made, ["flush", 3.0], *looks, ["flush", 5.0], ["put", 6.0, a, other], ["get", 7.0, a])
    three = [["put", float(second), key, price] for second, key in enumerate((a, b, c))]
    used = [["get", 3.0, a], ["put", 4.0, d, other], *[["get", 5.0, key] for key in (a, b, c, d)]]
    yield case("room for three", *three, *used, room=3)
    six = random.sample(GOODS, 6)
    many = [["put", float(second), key, price] for second, key in enumerate(six)]
    yield case("room for two of six", *many, *[["get", 9.0, key] for key in six], room=2)
    many = [step for second, key in enumerate(six[1:], 1)
            for step in (["put", float(second), key, price], ["get", second + 0.5, six[0]])]  # fmt: skip
    yield case("one is always used", ["put", 0.0, six[0], other], *many, *[["get", 9.0, key] for key in six], room=3)
    many = [["put", float(second), key, price] for second, key in enumerate([*six[:3], six[1], *six[3:]])]
    yield case("a new price in a full room", *many[:4], *[["get", 4.0, key] for key in six[:3]], *many[4:], room=3)
    yield case("a new price is a use", *many[:3], ["put", 3.0, six[0], other], *many[4:6],
               *[["get", 8.0, key] for key in six], room=3)  # fmt: skip
    yield case("fresh", *[["get", 0.0, key] for key in GOODS], ["put", 1.0, a, price], ["get", 2.0, a])


@shelf.driver
def stand_at_the_shelf(student, case):
    """Yield, step by step, what came back: {"value": ...}, "nothing", {"removed": how many} or "put"."""
    usual = case["kind"] == "the usual time to live"
    shelves = [student.Cache(*([] if usual else [case["ttl"]]), *([case["room"]] if case["room"] else []))]
    if case["kind"] == "searched":
        shelves.append(student.Cache(case["ttl"], case["room"]) if case["room"] else student.Cache(ttl=case["ttl"]))
    known = [{} for _ in shelves]  # by key, the document and the second until which it lives
    for what, at, *rest in case["steps"]:
        which = rest.pop() if case["kind"] == "searched" else 0
        cache, there = shelves[which], known[which]
        if what == "put":
            key, value, *origin = rest
            cache.put(key, value, at, *origin)
            doc = origin[0] if origin and origin[0] is not None else key
            there[key] = doc, at + case["ttl"]
            yield "put"
        elif what == "get":
            entry = cache.get(rest[0], at)
            if entry is None:
                yield "nothing"
            elif hasattr(entry, "value"):
                yield {"value": entry.value}
            else:
                yield {"no entry": entry}
        else:
            gone = [key for key, (doc, _) in there.items() if what == "flush" or doc == rest[0]]
            alive = sum(at < there[key][1] for key in gone)
            for key in gone:
                del there[key]
            number = cache.flush() if what == "flush" else cache.drop(rest[0])
            # an entry that is too old may have been thrown out before
            fits = type(number) is int and alive <= number <= len(gone)
            yield {"removed": number if case["room"] or not fits else alive}


def at_the_librarys_shelf(case):
    """The evidence of the library's Cache."""
    return list(stand_at_the_shelf(type("Library", (), {"Cache": staticmethod(RightCache)}), case))


def step_in_words(each):
    """A step at the shelf, or what came back."""
    if isinstance(each, dict):
        if "no entry" in each:
            return f"{said(each['no entry'])}, which is no Entry"
        if "value" in each:
            return f"an Entry with the value {said(each['value'])}"
        return f"the number {each['removed']}" if number(each["removed"]) else said(each["removed"])
    if not isinstance(each, list):
        return "None" if each == "nothing" else str(each)
    what, at, *rest = each
    match what, rest:
        case "put", [key, value, *origin]:
            doc = next((each for each in origin if isinstance(each, str)), None)
            return f"{seconds(at)}: put {key!r}, {said(value)}" + (f", made from {doc!r}" if doc is not None else "")
        case "get", [key, *_]:
            return f"{seconds(at)}: get {key!r}"
        case "drop", [doc, *_]:
            return f"{seconds(at)}: drop {doc!r}"
    return f"{seconds(at)}: flush"


def said(value):
    """A value as Python writes it."""
    return "None" if value is None else shown(value)


def wrong_step(case, evidence, *kinds):
    """The first of these steps at which something else came back than should have, in a sentence; or None."""
    right = at_the_librarys_shelf(case)
    for at, (step, expected) in enumerate(zip(case["steps"], right, strict=True)):
        got = evidence[at] if isinstance(evidence, list) and at < len(evidence) else "no more"
        if step[0] in kinds and not same(got, expected):
            before = [step_in_words(each) for each in case["steps"][max(0, at - 4) : at]]
            more = "... " if at > 4 else ""
            room = f", room for {case['room']}" if case["room"] else ""
            return (
                f"ttl {seconds(case['ttl'])}{room}; {more}{'; '.join(before)}; then {step_in_words(step)}: it "
                f"should be {step_in_words(expected)}, and is {step_in_words(got)}"
            )


@shelf.criterion(on=["fresh", "at the edge", "the usual time to live", "no time to live"], points=2)
def fresh_until_the_edge(case, evidence):
    """An entry is given out while now < got + ttl, and no longer."""
    return wrong_step(case, evidence, "get")


@shelf.criterion(on=["read again and again", "put again", "fresh"], points=2)
def reading_makes_nothing_younger(case, evidence):
    """An entry lives from when it was put, however often it is read; put again, it is new."""
    return wrong_step(case, evidence, "get")


@shelf.criterion(on=["nothing", "fresh"], points=2)
def nothing_is_something(case, evidence):
    """None, 0 and False are values: an entry that holds one is given out. A key without an entry is None."""
    return wrong_step(case, evidence, "get")


@shelf.criterion(on=["a document changes", "a key of that name", "made from another one"], points=2)
def drop_takes_all_of_a_document(case, evidence):
    """drop removes what was made from that document, and nothing else, and says how many entries that was."""
    return wrong_step(case, evidence, "get", "drop")


@shelf.criterion(on=["all goes", "fresh"])
def flush_leaves_nothing(case, evidence):
    """flush removes all entries, and says how many; what is put afterwards stays."""
    return wrong_step(case, evidence, "get", "flush")


@shelf.criterion(
    on=[
        "room for three",
        "room for two of six",
        "one is always used",
        "a new price in a full room",
        "a new price is a use",
        "fresh",
    ]
)
def the_least_used_goes(case, evidence):
    """With room for three the least recently used one of four goes; or all stay, if you leave the room out."""
    if leaves_the_room_out(case, evidence):
        return None
    return wrong_step(case, evidence, "get")


def leaves_the_room_out(case, evidence):
    """Tell if these are the answers of a cache without a limit."""
    without = {**case, "room": None}
    if case["kind"] == "searched":
        return bool(case["room"]) and same(evidence, replayed(shelf, [without])[0].get("value"))
    return bool(case["room"]) and same(evidence, at_the_librarys_shelf(without))


@shelf.scenario
def at_the_shelf(case, evidence):
    rows = [("", "should be", "yours")]
    mine = evidence if isinstance(evidence, list) else [evidence] * len(case["steps"])
    for at, (step, right) in enumerate(zip(case["steps"], at_the_librarys_shelf(case), strict=True)):
        got = step_in_words(mine[at]) if at < len(mine) else ""
        rows.append((step_in_words(step), *(("", "") if step[0] == "put" else (step_in_words(right), got))))
    return rows


@shelf.search(rounds=120, agree=lambda *asked: other_step(*asked), words=lambda each: step_in_words(each))
def two_shelves(random, size):
    """The steps of a case, with the number of the shelf as last item of each. With `room` nothing gets too old."""
    what_for = random.choice(["time", "room", "room", "documents", "documents"])
    room = random.choice([1, 2, 3]) if what_for == "room" else None
    docs = ["price list", "", GOODS[0]]
    keys = {"time": GOODS[:2], "room": ["", *GOODS[: (room or 0) + 1]], "documents": ["", *GOODS[:3]]}[what_for]
    kinds = {
        "time": ["put", "get", "get", "get", "get"],
        "room": ["put", "put", "put", "get", "get", *random.choice([["drop", "flush"], [], []])],
        "documents": ["put", "put", "put", "drop", random.choice(["drop", "flush"]), "get", "get"],
    }[what_for]

    def step(at):
        what, key, which = random.choice(kinds), random.choice(keys), random.randrange(2)
        if what == "put":
            return [what, at, key, any_value(random, none=True), random.choice([None, *docs]), which]
        return [what, at, *({"get": [key], "drop": [random.choice(docs)]}.get(what, [])), which]

    at, steps = 0.0, []
    for _ in range(3 * size):
        at += random.choice([0.0, 0.125, 0.5, 1.0])
        steps.append(step(at))
    return {"ttl": 1000.0 if room else random.choice([0.0, 1.0, 2.0, 5.0]), "room": room, "steps": steps}


def other_step(case, seen, expected):
    """The first step at which something else came back, in a sentence; or None. The room may be left out."""
    if same(seen, expected) or leaves_the_room_out(case, seen):
        return None
    at = next((at for at, pair in enumerate(zip(seen, expected, strict=False)) if not same(*pair)), len(expected) - 1)
    which = case["steps"][at][-1]
    before = [step_in_words(step) for step in case["steps"][:at] if step[-1] == which][-5:]
    room = f", room for {case['room']}" if case["room"] else ""
    got = step_in_words(seen[at]) if at < len(seen) else "nothing more"
    other = sum(step[-1] != which for step in case["steps"][:at])
    beside = f" ({other} step{'s' * (other > 1)} at another shelf in between)" if other else ""
    return (
        f"ttl {seconds(case['ttl'])}{room}; {'; '.join([*before, step_in_words(case['steps'][at])])}{beside}: it "
        f"should be {step_in_words(expected[at])}, and is {got}"
    )


@shelf.tells
def with_or_without_room(cases, evidence):
    """Say if the optional room is there."""
    gets = sum(step[0] == "get" for case in cases for step in case["steps"])
    case, seen = next(pair for pair in zip(cases, evidence, strict=True) if pair[0]["room"])
    room = "left out, as it may be" if leaves_the_room_out(case, seen) else "kept: the least recently used entry goes"
    return f"{gets} questions in {len(cases)} scripts had the right answer. The optional `room` is {room}."


# Exercise 2: the ring -------------------------------------------------------------------------------------------------

rings = Exercise(
    "ring",
    defines=["ring", "owner"],
    parts={"ring": "letitcrash.caching:ring", "owner": "letitcrash.caching:owner"},
    minutes=12,
    lines=6,
    steps=3_000_000,
)


@rings.cases
def towns(random):
    """Stores, points and keys; a case with "then" asks again for these stores."""

    def keys(many, *lists, points=100):
        """So many keys; for each of the lists of stores, one of them is above all points."""
        named = [f"{random.choice(PEOPLE)} {random.randint(1, 10**6)}" for _ in range(many)]
        for stores in lists:
            highest = max(stable_hash(f"{store}#{number}") for store in stores for number in range(points))
            named[random.randrange(many)] = next(
                each for number in range(10**5) if stable_hash(each := f"{random.choice(PEOPLE)} {number}") > highest
            )
        return named

    stores = random.sample(STORES, 6)
    some, new = stores[: random.randint(3, 5)], stores[-1]
    points = random.randint(2, 5)
    yield {"kind": "few points", "stores": some, "points": points, "keys": keys(60, some, points=points)}
    yield {"kind": "a hundred points", "stores": some, "points": None, "keys": keys(60, some)}
    yield {"kind": "one store", "stores": [new], "points": 1, "keys": keys(9, [new], points=1)}
    on = [f"{store}#{number}" for store in some for number in range(points)]
    yield {"kind": "on a point", "stores": some, "points": points, "keys": on}
    backwards = sorted(some, reverse=True)
    yield {
        "kind": "in another order",
        "stores": backwards,
        "then": backwards[::-1],
        "points": None,
        "keys": keys(200, some),
    }
    for _ in range(8):
        *old, another = random.sample(STORES, random.randint(4, 6))
        yield {"kind": "a store opens", "stores": old, "then": [*old, another], "points": None, "keys": keys(300, old)}
    for _ in range(4):
        old = random.sample(STORES, random.randint(4, 6))
        left = old[:0:-1]
        yield {"kind": "a store closes", "stores": old, "then": left, "points": None, "keys": keys(300, left)}
    for _ in range(3):
        ten = random.sample(STORES, 10)
        yield {"kind": "ten stores", "stores": ten, "points": None, "keys": keys(600, ten)}
    yield {"kind": "two stores", "stores": ten[:2], "points": None, "keys": keys(600, ten[:2])}
    yield {"kind": "no stores", "stores": [], "points": None, "keys": []}


@rings.driver
def look_at_the_ring(student, case):
    """The owner of each key, those after the town has changed, and the hashes that each look at a key computed."""
    from letitcrash.caching import rings

    counted, sha256 = [0], rings.sha256

    def counting(data):
        counted[0] += 1
        return sha256(data)

    def owners(stores):
        named = list(stores)
        mine = student.ring(named, case["points"]) if case["points"] else student.ring(named)
        counted[0] = 0
        found = [student.owner(mine, key) for key in case["keys"][:20]]
        if counted[0] <= 40:  # else the ring is built for each key, which takes long
            found += [student.owner(mine, key) for key in case["keys"][20:]]
        return found, counted[0] / max(1, len(found)), named == stores

    rings.sha256 = counting
    try:
        found, hashes, is_kept = owners(case["stores"])
        then = owners(case["then"])[0] if "then" in case else []
    except ValueError:
        if case["stores"]:
            raise
        return {"owners": [], "then": [], "hashes": 0, "kept": True, "refused": True}
    finally:
        rings.sha256 = sha256
    return {"owners": found, "then": then, "hashes": hashes, "kept": is_kept, "refused": False}


@cache
def the_owners(stores, points, keys):
    """The owner of each key on the library's ring."""
    mine = right_ring(stores, points) if points else right_ring(stores)
    return [right_owner(mine, key) for key in keys]


def owners_of(case, which="stores"):
    """The owner of each key of a case on the library's ring."""
    return the_owners(tuple(case[which]), case["points"], tuple(case["keys"]))


def is_every_key_owned(case, evidence, *which):
    """A sentence for a ring that is built again and again, or the first key that no store of the case has; or None."""
    if not number(evidence["hashes"]) or evidence["hashes"] > 2:
        return (
            f"owner computed {shown(evidence['hashes'])} numbers for each key, and one is enough: let ring place the "
            "points, once for all keys"
        )
    for name, stores in which:
        mine = evidence[name]
        if not isinstance(mine, list) or len(mine) != len(case["keys"]):
            return f"{len(case['keys'])} keys should have an owner each, and {shown(mine)} came"
        for key, store in zip(case["keys"], mine, strict=True):
            if not isinstance(store, str) or store not in stores:
                return (
                    f"the stores are {listed(stores)}: the owner of {key!r} should be one of them, and is {said(store)}"
                )


def listed(names):
    """Names in a sentence."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


@rings.criterion(on=["few points", "a hundred points", "on a point", "one store"], points=3)
def everywhere_the_same(case, evidence):
    """Each store's points and each key's place are where the text says, so every door in town finds the same owner."""
    points = case["points"] or 100
    if wrong := is_every_key_owned(case, evidence, ("owners", case["stores"])):
        return wrong
    for key, right, mine in zip(case["keys"], owners_of(case), evidence["owners"], strict=True):
        if mine != right:
            return (
                f"the stores are {listed(case['stores'])}, with {points} points each: the next point above {key!r} is "
                f"{right}'s, so at every other door in town {right} is its owner, and at yours it is {mine}"
            )


@rings.criterion(on=["in another order", "a hundred points"])
def the_order_is_nothing(case, evidence):
    """The stores are the same in whatever order they are listed, and so are the owners."""
    kinds = (("owners", case["stores"]), *([("then", case["then"])] if "then" in case else []))
    if wrong := is_every_key_owned(case, evidence, *kinds):
        return wrong
    if "then" not in case:
        return (
            None
            if len(set(evidence["owners"])) > 1
            else f"one store, {evidence['owners'][0]}, owns all {len(case['keys'])} keys"
        )
    other = sum(one != two for one, two in zip(evidence["owners"], evidence["then"], strict=True))
    if other or not evidence["kept"]:
        return (
            f"the stores {listed(case['stores'])}, and the same ones backwards: no key should have another owner, and "
            f"{other} of {len(case['keys'])} do"
            if other
            else "ring should leave the list of stores as it was, and yours changed it"
        )
    return (
        None
        if len(set(evidence["owners"])) > 1
        else f"one store, {evidence['owners'][0]}, owns all {len(case['keys'])} keys"
    )


def moved(case, evidence):
    """The keys that have another owner than before: pairs (before, after)."""
    return [pair for pair in zip(evidence["owners"], evidence["then"], strict=True) if pair[0] != pair[1]]


@rings.criterion(on=["a store opens", "a store closes"], points=2)
def one_in_n_moves(case, evidence):
    """As many keys move as the share of the store that opens or closes, and not nearly all."""
    if wrong := is_every_key_owned(case, evidence, ("owners", case["stores"]), ("then", case["then"])):
        return wrong
    many, number = len(moved(case, evidence)), max(len(case["stores"]), len(case["then"]))
    right = sum(one != two for one, two in zip(owners_of(case), owners_of(case, "then"), strict=True))
    if not 0.35 * right <= many <= 2.2 * right:
        which = "opens" if case["kind"] == "a store opens" else "closes"
        return (
            f"one of {number} stores {which}: {right} of {len(case['keys'])} keys should move, about one in {number}, "
            f"and {many} do"
        )


@rings.criterion(on=["a store opens", "a store closes"], points=2)
def nothing_moves_between_old_stores(case, evidence):
    """A key that moves goes to the store that opens, or comes from the one that closes."""
    if wrong := is_every_key_owned(case, evidence, ("owners", case["stores"]), ("then", case["then"])):
        return wrong
    (one,) = set(case["stores"]) ^ set(case["then"])
    strange = [pair for pair in moved(case, evidence) if one not in pair]
    if strange:
        before, after = strange[0]
        which = "opens" if case["kind"] == "a store opens" else "closes"
        return f"{one} {which}, and {len(strange)} keys move between other stores, the first from {before} to {after}"
    if not moved(case, evidence):
        return f"{one} {'opens' if one in case['then'] else 'closes'}, and no key moves at all"


@rings.criterion(on=["ten stores", "two stores"])
def nobody_has_twice_the_share(case, evidence):
    """With a hundred points each, no store has twice its share of the keys, and none has less than a third of it."""
    if wrong := is_every_key_owned(case, evidence, ("owners", case["stores"])):
        return wrong
    fair = len(case["keys"]) / len(case["stores"])
    counts = {store: evidence["owners"].count(store) for store in case["stores"]}
    for store, count in counts.items():
        if not fair / 3 < count < fair * 2:
            told = f"{len(case['keys'])} keys, {len(case['stores'])} stores"
            return f"{told}: each should own about {fair:.0f}, and {store} owns {count}"


@rings.criterion(on=["ten stores", "a hundred points"])
def the_ring_is_built_once(case, evidence):
    """ring places the points; owner computes one number, that of the key."""
    if wrong := is_every_key_owned(case, evidence, ("owners", case["stores"])):
        return wrong
    if len(set(evidence["owners"])) < 2:
        return f"one store, {evidence['owners'][0]}, owns all {len(case['keys'])} keys"


@rings.criterion(on=["no stores", "one store"])
def no_stores_is_an_error(case, evidence):
    """A ring without stores is a ValueError; one store owns everything."""
    if case["stores"]:
        return is_every_key_owned(case, evidence, ("owners", case["stores"]))
    if evidence["refused"] is not True:
        return "a ring without stores should be a ValueError, and there was a ring"


@rings.scenario
def keys_and_owners(case, evidence):
    points = case["points"] or 100
    rows = [
        ("key", "should be", "yours"),
        (f"{points} points each: {', '.join(case['stores']) or 'no stores'}", "", ""),
    ]
    if not case["stores"]:
        return [*rows, ("", "ValueError", "a ring")]
    mine = evidence["owners"] if isinstance(evidence["owners"], list) else []
    found = list(zip(case["keys"], owners_of(case), [*mine, *[""] * len(case["keys"])], strict=False))
    wrong = [row for row in found if row[1] != row[2]]
    return [*rows, *((key, right, said(got)) for key, right, got in (wrong or found)[:8])]


@rings.search(rounds=40, words=lambda each: key_in_words(each))
def two_towns(random, size):
    """Steps [town, key]. Each of two towns has stores and points of its own."""
    towns = [[random.sample(STORES, random.randint(1, 4)), random.choice([1, 2, 3, 7])] for _ in range(2)]

    def key():
        stores, points = random.choice(towns)
        odd = random.choice(["", "Ann", "Änn", f"{random.choice(stores)}#{random.randrange(points)}"])
        return random.choice([odd, f"{random.choice(PEOPLE)} {random.randrange(100)}"])

    return {"towns": towns, "steps": [[random.randrange(2), key()] for _ in range(3 * size)]}


@rings.player
def look_in_two_towns(student, case):
    """Yield the owner of each key."""
    rings = [student.ring(list(stores), points) for stores, points in case["towns"]]
    for town, key in case["steps"]:
        yield student.owner(rings[town], key)


def key_in_words(each):
    """A step, or an owner."""
    return (
        f"the owner of {each[1]!r} in town {each[0] + 1}" if isinstance(each, list) and len(each) == 2 else said(each)
    )


@rings.tells
def how_many_move(cases, evidence):
    """The shares that a right ring was judged by."""
    told = []
    for case, seen in zip(cases, evidence, strict=True):
        if case["kind"] == "a store opens":
            share = len(moved(case, seen)) / len(case["keys"])
            told.append(
                f"When store number {len(case['then'])} opened, {share:.0%} of the keys moved, all of them to it"
            )
        if case["kind"] == "ten stores":
            most = max(seen["owners"].count(store) for store in case["stores"]) / len(case["keys"])
            told.append(f"the busiest of 10 stores owns {most:.0%} of them")
    return "; ".join(told) + "."


# Exercise 3: one fetch for all ----------------------------------------------------------------------------------------

fetch = Exercise(
    "fetch", defines=["Shelf"], parts={"Shelf": "letitcrash.caching:Shelf"}, minutes=14, lines=12, steps=400_000
)

PATIENCE = 1.53125
"""Seconds that a fetch has. The exam's questions come on eighths of a second, and what ends a fetch comes between."""


@fetch.cases
def mornings(random):
    """Steps [second, shelf, key, patience of the customer]; fates [shelf, key, what comes of the next fetch of it]."""

    def case(kind, asks, *fates, ttl=900.03125):
        steps = [[float(at), which, key, None] for at, which, key in asks]
        return {"kind": kind, "ttl": ttl, "steps": steps, "fates": [list(fate) for fate in fates]}

    a, b, c = random.sample(GOODS, 3)
    price, other = random.randint(50, 400), random.randint(401, 900)
    late = random.randint(3, 9) / 8
    fifty = sorted([random.randint(8, 11) / 8, 0, a] for _ in range(50))
    yield case("fifty at once", fifty, [0, a, "says", 0.5625, price])
    few = [[1, 0, a], [1.125, 0, a], [1.25, 0, a]]
    yield case("a few", few, [0, a, "says", late + 0.0625, price])
    hit = [[1, 0, a], [4, 0, a], [4.125, 0, a]]
    yield case("it is there", hit, [0, a, "says", late + 0.0625, price])
    ttl = random.randint(3, 9) + 0.03125
    too_old = [[1, 0, a], [1 + ttl + 0.71875, 0, a], [1 + ttl + 0.84375, 0, a], [30, 0, a]]
    yield case("too old", too_old, [0, a, "says", 0.5625, price], [0, a, "says", 0.5625, other], ttl=ttl)
    for nothing in (None, random.choice([0, False, "", []])):
        yield case("nothing", [[1, 0, a], [3, 0, a]], [0, a, "says", 0.5625, nothing])
    asks = [[1, 0, a], [1.125, 0, b], [1.25, 0, a], [1.25, 0, b], [2, 0, b], [3, 0, a]]
    yield case("something else", asks, [0, a, "says", 1.4375, price], [0, b, "says", 0.3125, other])
    asks = [[1, 0, c], [3, 0, a], [3.125, 0, c], [3.25, 0, b]]
    yield case("it is there, another is not", asks, [0, a, "says", 1.4375, price], [0, b, "says", 0.1875, 7])
    many = [[1, 0, a]] + [[random.randint(8, 18) / 8, 0, a] for _ in range(random.randint(3, 6))]
    silent = [0, a, "is silent"]
    yield case("no answer comes", sorted(many), silent)
    asks = [[1, 0, a], [1.5, 0, a], [4, 0, a], [4.125, 0, a], [8, 0, a]]
    yield case("and once more", asks, silent, [0, a, "says", 0.5625, price])
    asks = [[1, 0, a], [1.5, 0, a], [4, 0, a], [8, 0, a]]
    yield case("silent twice", asks, silent, silent, [0, a, "says", 0.5625, price])
    why = random.choice(["out of ink", "smudged", "asleep"])
    asks = [[1, 0, a], [1.125, 0, a], [1.125, 0, b]]
    yield case("it dies on the way", asks, [0, a, "dies", 0.3125, why], [0, b, "says", 0.5625, price])
    asks = [[1, 0, a], [1.125, 0, a], [3, 0, a], [5, 0, a]]
    yield case("it dies, and once more", asks, [0, a, "dies", 0.3125, why], [0, a, "says", 0.5625, other])


@fetch.driver
def ask_at_two_shelves(student, case):
    """Yield for each step what that customer heard, then each shelf's fetches as [second, key]."""
    from letitcrash import World
    from letitcrash.caching import Ask, Failed, Price, events
    from letitcrash.gen_server import CallFailed, GenServer, NoReply, call, reply
    from letitcrash.process import events as ev

    world, heard, fates, opened = World(), {}, [list(fate) for fate in case["fates"]], {}

    class Office(GenServer):
        async def init(self, which):
            self.which = which

        async def handle_call(self, request, caller):
            if type(request) is not Price:
                return 0
            mine = next((fate for fate in fates if fate[:2] == [self.which, request.key]), None)
            what, *rest = ["says", 0.5625, f"{request.key}?"] if mine is None else mine[2:]
            if mine is not None:
                fates.remove(mine)
            if what in ("says", "dies"):
                self.me.send_after(rest[0], self.me.pid, (what, caller, rest[1]))
            return NoReply()

        async def handle_info(self, message):
            match message:
                case ("says", caller, value):
                    reply(self.me, caller, (value, 0))
                case ("dies", caller, reason):
                    self.me.exit(caller.owner, ("died", reason))

    async def customer(me, number, which, key, patience):
        try:
            said = await call(me, opened[which], Ask(key, number), timeout=patience)
        except CallFailed as failed:
            heard[number] = {"gave up": "", "at": me.now}
            if failed.cause != "timeout":
                heard[number] = {"waits": ""}
            return
        if type(said) is Failed:
            died = type(said.why) is tuple and said.why[:1] == ("died",)
            heard[number] = {"failed": ["died", said.why[1]] if died else said.why, "at": me.now}
        else:
            heard[number] = {"got": said, "at": me.now}

    async def street(me):
        for which in (0, 1):
            office = await Office.start(me, which)
            opened[which] = await student.Shelf.start(me, office, case["ttl"], number=which, patience=1.53125)
        for each, (at, which, key, patience) in enumerate(case["steps"]):
            if at > me.now:
                await me.sleep(at - me.now)
            me.spawn(customer, each, which, key, patience, label=f"customer {each + 1}")

    world.spawn(street, name="street")
    world.run(until=200)
    for event in world.trace.of(ev.Exited):
        if event.pid in opened.values() and isinstance(event.reason, BaseException):
            raise event.reason
    for customer in range(len(case["steps"])):
        yield heard.get(customer, {"waits": ""})
    started = list(world.trace.of(events.FetchStarted))
    for which in (0, 1):
        yield {"fetches": [[event.at, event.key] for event in started if event.store == which + 1]}


def right_morning(case):
    """The evidence of the library's Shelf."""
    from letitcrash.caching import Shelf

    return list(ask_at_two_shelves(type("Library", (), {"Shelf": Shelf}), case))


def heard_in_words(heard):
    """The fate of a customer."""
    if not isinstance(heard, dict):
        return said(heard)
    if "waits" in heard:
        return "no answer, ever"
    if "gave up" in heard:
        return f"no answer until {seconds(heard['at'])}, when the customer has gone"
    if "failed" in heard:
        why = heard["failed"]
        why = why[1] if isinstance(why, list) and why[:1] == ["died"] else why
        return f"Failed({said(why)}) at {seconds(heard['at'])}"
    if "fetches" in heard:
        told = [f"{key!r} at {seconds(at)}" for at, key in heard["fetches"]]
        return f"{len(told)} fetch{'es' * (len(told) != 1)}" + (
            f" ({', '.join(told[:8])}{', ...' * (len(told) > 8)})" if told else ""
        )
    return f"{said(heard.get('got'))} at {seconds(heard.get('at', 0))}"


def ask_in_words(each):
    """A customer's question, the fate of a fetch, or what came of them."""
    if isinstance(each, dict):
        return heard_in_words(each)
    if isinstance(each, list) and len(each) == 4 and isinstance(each[0], float):
        at, which, key, patience = each
        goes = "" if patience is None else f" and goes away after {seconds(patience)}"
        return f"{seconds(at)}: a customer asks shelf {which + 1} for {key!r}{goes}"
    return said(each)


def fates_in_words(fates):
    """The fates of the fetches."""
    words = {
        "says": lambda delay, value: f"the office says {said(value)} after {seconds(delay)}",
        "is silent": lambda: "the office is silent",
        "dies": lambda delay, reason: f"the fetch dies after {seconds(delay)} ({said(reason)})",
    }
    return [f"{key!r}, shelf {which + 1}: {words[what](*rest)}" for which, key, what, *rest in fates]


def wrong_customers(case, evidence, fetches=False):
    """The first customer who heard something else than they should, or the wrong number of fetches; or None."""
    right, steps = right_morning(case), case["steps"]
    if not isinstance(evidence, list) or len(evidence) != len(right):
        return f"{many(len(steps), 'customer')} came, and not all were seen"
    fates = "; ".join(fates_in_words(case["fates"]))
    if fetches:
        for expected, mine in zip(right[len(steps) :], evidence[len(steps) :], strict=True):
            if not same(expected, mine):
                return (
                    f"{fates}. {many(len(steps), 'customer')} to answer: {heard_in_words(expected)} should be begun, "
                    f"and you begin {heard_in_words(mine)}"
                )
    wrong = [at for at, step in enumerate(steps) if not same(right[at], evidence[at])]
    if wrong:
        at = wrong[0]
        others = f" ({len(wrong)} of {len(steps)} customers hear something else than they should)" if wrong[1:] else ""
        return (
            f"{fates}. {'; '.join(ask_in_words(step) for step in steps[: at + 1][-4:])}: the answer should be "
            f"{heard_in_words(right[at])}, and there is {heard_in_words(evidence[at])}{others}"
        )


@fetch.criterion(on=["fifty at once", "a few", "it is there"], points=2)
def one_on_the_way(case, evidence):
    """All who ask for a price while it is fetched wait for that fetch, and all get what it brings."""
    return wrong_customers(case, evidence, fetches=True)


@fetch.criterion(on=["it is there", "too old", "nothing", "a few"], points=2)
def what_came_is_kept(case, evidence):
    """The price is kept for its time to live, even a price of None or 0, and is fetched once more after that."""
    return wrong_customers(case, evidence, fetches=True)


@fetch.criterion(on=["something else", "it is there, another is not", "a few"], points=2)
def the_others_do_not_wait(case, evidence):
    """A customer waits for the fetch of their own price, and for no other."""
    return wrong_customers(case, evidence)


@fetch.criterion(on=["no answer comes", "it dies on the way", "a few"], points=2)
def all_are_told_of_a_failure(case, evidence):
    """All who wait for a fetch are told at once when it has failed, by silence or by its death."""
    return wrong_customers(case, evidence)


@fetch.criterion(on=["and once more", "silent twice", "it dies, and once more", "a few"], points=2)
def a_failure_is_forgotten(case, evidence):
    """A failure is not kept: the next who asks has it fetched anew, and gets an answer."""
    return wrong_customers(case, evidence, fetches=True)


@fetch.scenario
def customer_by_customer(case, evidence):
    rows = [("asked", "should be", "yours")]
    right = right_morning(case)
    mine = evidence if isinstance(evidence, list) else [evidence] * len(right)
    asked = [*map(ask_in_words, case["steps"]), "fetches of shelf 1", "fetches of shelf 2"]
    found = [
        (each, heard_in_words(one), heard_in_words(two)) for each, one, two in zip(asked, right, mine, strict=False)
    ]
    wrong = [at for at, row in enumerate(found) if row[1] != row[2]]
    since = max(0, (wrong or [0])[0] - 4)
    return [*rows, *((each, "", "") for each in fates_in_words(case["fates"])), *found[since : since + 9]]


@fetch.search(rounds=24, words=lambda each: ask_in_words(each))
def two_shelves_and_their_customers(random, size):
    """Steps [second, shelf, key, patience]; the fates [shelf, key, what, ...] of the first fetches of each."""
    keys = random.sample(GOODS, 2)

    def fate():
        delay, value = random.randint(0, 11) / 8 + 0.0625, random.choice([None, *[any_value(random)] * 4])
        return random.choice([["says", delay, value]] * 3 + [["is silent"], ["dies", delay, value]])

    def step(at):
        return [at, random.randrange(2), random.choice(keys), random.choice([None, None, None, 0.515625])]

    at, steps = 0.0, []
    for _ in range(2 * size):
        at += random.choice([0.0, 0.0, 0.125, 0.25, 0.5, 1.0, 3.0])
        steps.append(step(1 + at))
    fates = [[random.randrange(2), random.choice(keys), *fate()] for _ in range(size)]
    return {"ttl": random.choice([1, 3, 900]) + 0.03125, "steps": steps, "fates": fates}


@fetch.tells
def how_many_fetches(cases, evidence):
    """The figures that the shelf was judged by."""
    asked = sum(len(case["steps"]) for case in cases)
    fetched = sum(len(each["fetches"]) for seen in evidence for each in seen[-2:])
    failed = sum("failed" in each for seen in evidence for each in seen)
    return (
        f"{asked} customers asked in {len(cases)} mornings; {fetched} fetches were enough, and {failed} were told that "
        "theirs had failed."
    )


# Exercise 4: orders for nine o'clock ----------------------------------------------------------------------------------

orders = Exercise(
    "start_times",
    defines=["start_times"],
    parts={"start_times": "letitcrash.caching:start_times"},
    minutes=8,
    lines=5,
)


@orders.cases
def mornings_with_orders(random):
    """The second at which each order is due, by name."""

    def case(kind, takes, *due):
        names = random.sample(PEOPLE, len(due))
        return {
            "kind": kind,
            "takes": float(takes),
            "orders": [[name, float(at)] for name, at in zip(names, due, strict=True)],
        }

    takes, nine = random.randint(3, 9) * 60, 9 * 3600.0
    yield case("three for nine", takes, nine, nine, nine)
    yield case("one", takes, nine + random.randint(0, 60))
    apart = [nine + takes * (1 + each) + random.randint(1, 200) for each in (0, 3, 7)]
    yield case("far apart", takes, *random.sample(apart, 3))
    close = [nine, nine + takes * 2 / 3, nine + takes]
    yield case("close together", takes, *random.sample(close, 3))
    chain = [nine, nine, nine + 60, nine + 6 * takes, nine + 6 * takes]
    yield case("two crowds", takes, *random.sample(chain, 5))
    yield case("late in the list, early in the day", takes, nine + 4 * takes, nine + 4 * takes, nine)
    yield case("before the door opens", 600, 700.0, 700.0, 1000.0)
    yield case("nobody", takes)
    yield case("no time at all", 0, nine, nine, nine - 30)


@orders.driver
def plan(student, case):
    given = dict(map(tuple, case["orders"]))
    starts = student.start_times(given, case["takes"])
    if not isinstance(starts, dict):
        return {"starts": {"instead": starts}, "orders": case["orders"]}
    return {"starts": [[name, at] for name, at in starts.items()], "orders": [[name, at] for name, at in given.items()]}


def the_starts(case):
    """The latest starts by name, as the library has them."""
    return right_starts(dict(map(tuple, case["orders"])), case["takes"])


def clock(second):
    """A second of the day as a time: 32400 is 9:00."""
    if not number(second):
        return said(second)
    before = "-" if second < 0 else ""
    minute, rest = divmod(abs(second), 60)
    return f"{before}{int(minute) // 60}:{int(minute) % 60:02}" + (
        f":{rest:04.1f}" if rest % 1 else f":{int(rest):02}" if rest else ""
    )


def orders_in_words(case):
    """The orders in a sentence."""
    told = ", ".join(f"{name} {clock(at)}" for name, at in case["orders"]) or "nobody"
    return f"orders: {told}; each takes {case['takes']:g} s"


def is_planned(case, evidence):
    """A sentence when not each order has one start, which is a number; or None."""
    starts = evidence["starts"]
    if not isinstance(starts, list):
        got = starts.get("instead") if isinstance(starts, dict) else starts
        return f"start_times should return a dict of starts by name, and returned {said(got)}"
    names, planned = [name for name, _ in case["orders"]], [pair[0] for pair in starts[:100]]
    for name in names:
        if name not in planned:
            return f"{orders_in_words(case)}: {name}'s order is not in your plan"
    for name, at in starts[:100]:
        if name not in names:
            return f"{orders_in_words(case)}: your plan has an order {said(name)} too, and there is none"
        if not number(at):
            return f"{orders_in_words(case)}: {name}'s start should be a number of seconds, and is {said(at)}"


@orders.criterion(on=["three for nine", "far apart", "close together", "two crowds", "before the door opens"], points=2)
def ready_in_time(case, evidence):
    """Every order is ready when it is due, and is in the plan."""
    if wrong := is_planned(case, evidence):
        return wrong
    starts = dict(map(tuple, evidence["starts"]))
    for name, due in case["orders"]:
        if starts[name] + case["takes"] > due + 1e-6:
            return (
                f"{orders_in_words(case)}: {name}'s should be begun by {clock(the_starts(case)[name])}; yours "
                f"begins at {clock(starts[name])}, and is ready after it is due"
            )


@orders.criterion(
    on=[
        "three for nine",
        "close together",
        "two crowds",
        "late in the list, early in the day",
        "before the door opens",
    ],
    points=2,
)
def one_pair_of_hands(case, evidence):
    """The butcher cuts one order at a time."""
    if wrong := is_planned(case, evidence):
        return wrong
    starts = sorted(evidence["starts"], key=lambda pair: pair[1])
    for (one, at), (two, then) in pairwise(starts):
        if then < at + case["takes"] - 1e-6:
            both = f"{one}'s begins at {clock(at)} and {two}'s at {clock(then)}"
            return f"{orders_in_words(case)}: {both}, and there is one butcher"


@orders.criterion(
    on=[
        "one",
        "far apart",
        "three for nine",
        "two crowds",
        "close together",
        "no time at all",
        "before the door opens",
    ],
    points=2,
)
def no_earlier_than_it_must(case, evidence):
    """Every order is begun as late as possible, those due first are cut first, and equal ones in the order given."""
    if wrong := is_planned(case, evidence):
        return wrong
    starts, right = dict(map(tuple, evidence["starts"])), the_starts(case)
    for name, at in right.items():
        if abs(starts[name] - at) > 1e-6:
            return f"{orders_in_words(case)}: {name}'s should begin at {clock(at)}, and begins at {clock(starts[name])}"


@orders.criterion(on=["nobody", "three for nine", "late in the list, early in the day"])
def the_orders_stay_as_they_were(case, evidence):
    """The dict of orders is read and not changed; without orders the plan is empty."""
    if wrong := is_planned(case, evidence):
        return wrong
    if evidence["orders"] != case["orders"]:
        return f"{orders_in_words(case)}: you changed the orders that you were given"
    if not case["orders"] and evidence["starts"]:
        return f"there are no orders, and your plan has {many(len(evidence['starts']), 'start')}"


@orders.scenario
def the_plan(case, evidence):
    right = the_starts(case)
    mine = dict(map(tuple, evidence["starts"])) if isinstance(evidence["starts"], list) else {}
    rows = [(f"order, {case['takes']:g} s each", "due", "should begin", "yours")]
    if not case["orders"]:
        rows.append(("nobody", "", "nothing", shown(list(mine))))
    return rows + [
        (name, clock(due), clock(right[name]), clock(mine.get(name, "nothing"))) for name, due in case["orders"]
    ]


@orders.search(rounds=60, words=lambda each: order_in_words(each))
def any_orders(random, size):
    """Steps [name, due]; the seconds that each order takes."""
    names = [f"{name} {number}" for number in range(2) for name in PEOPLE]
    due = [random.randrange(0, 400) / 8 for _ in range(max(1, size // 2))]
    steps = [[name, random.choice(due)] for name in random.sample(names, size)]
    return {"takes": random.choice([0.0, 0.125, 1.0, 2.5, 6.0]), "steps": steps}


@orders.player
def plan_twice(student, case):
    """Yield each order's start, then the number of starts."""
    given = {name: due for name, due in case["steps"]}
    other = {name: due + 1000.0 for name, due in case["steps"][::2]}
    starts = student.start_times(given, case["takes"])
    student.start_times(other, case["takes"])
    if not isinstance(starts, dict):
        yield starts
        return
    for name, _ in case["steps"]:
        yield starts.get(name, "not in the plan")
    yield {"starts": len(starts), "orders": [[name, due] for name, due in given.items()]}


def order_in_words(each):
    """An order, or its start."""
    if isinstance(each, list):
        return f"{each[0]}: due at {seconds(each[1])}"
    if isinstance(each, dict):
        return f"{many(each['starts'], 'start')}, and {many(len(each['orders']), 'order')} as they were given"
    return f"a start at {seconds(each)}" if number(each) else said(each)


@orders.tells
def how_late(cases, evidence):
    """The figures that the plan was judged by."""
    planned = sum(len(seen["starts"]) for seen in evidence)
    three = next(seen for case, seen in zip(cases, evidence, strict=True) if case["kind"] == "three for nine")
    first = min(at for _, at in three["starts"])
    return (
        f"{planned} orders in {len(cases)} mornings were ready in time, none earlier than it must; the first of "
        f"three for 9:00 begins at {clock(first)}."
    )


# Exercise 5: the ticket -----------------------------------------------------------------------------------------------

ticket = Exercise(
    "ticket",
    defines=["on_news"],
    parts={"on_news": "letitcrash.caching:on_news"},
    minutes=13,
    lines=10,
    steps=20_000_000,
)
OLDEST = 75.0
"""Seconds that a price may have been wrong when it is given out."""
PER_MINUTE, LINE, WAITS = 115.0, 10, 60
"""The budget: questions to the office a minute, questions there at once, and an hour's waits above a second."""


@ticket.cases
def hours(random):
    """The gaps [from, until, silent] of an hour, or of a quarter of one."""

    def gap(since, least, most, silent=False):
        begins = float(since + random.randint(0, 40))
        return [begins, begins + random.randint(least, most), silent]

    seed = random.randrange(10**6)  # one for all: the questions of a seed are drawn once
    yield {"kind": "an hour", "gaps": None, "until": 3600.0, "seed": seed}
    gaps = [gap(60, 3, 9, silent=True), gap(250, 4, 8, silent=True), gap(500, 2, 4, silent=True)]
    yield {"kind": "Thursday", "gaps": gaps, "until": 900.0, "seed": seed}
    gaps = [gap(100, 35, 45), gap(300, 20, 30), gap(500, 40, 45), gap(700, 10, 20)]
    yield {"kind": "a bad line", "gaps": gaps, "until": 900.0, "seed": seed}
    yield {"kind": "a good line", "gaps": [], "until": 900.0, "seed": seed}


@ticket.driver
def listen_for_an_hour(student, case):
    from letitcrash.caching import HICCUPS, Gap, run_shelves

    gaps = HICCUPS if case["gaps"] is None else [Gap(*gap) for gap in case["gaps"]]
    run = run_shelves(student.on_news, gaps=gaps, until=case["until"], seed=case["seed"])
    return {
        "questions": len(run),
        "oldest": run.worst_age,
        "wrong": sum(age > 75 for age in run.age),
        "per_minute": run.per_minute,
        "line": run.longest_line,
        "waits": run.waits_over(1.0),
    }


def hears_nothing(case, evidence):
    """A sentence about prices that stay wrong though all news comes, which no budget makes good; or None."""
    return too_old(case, evidence) if case["kind"] == "a good line" else None


def were_asked(case, evidence):
    """True where as many questions came as did: a forger would have to know."""
    return evidence["questions"] == len(questions_of(3, 400, 20.0, 1.0, case["until"], case["seed"])[0])


def line_in_words(case):
    """The line for news in this case."""
    if case["gaps"] is None:
        return "an hour with gaps of 45 and 20 s, and on Thursday's page one of 3 s that the log does not show"
    told = [f"{until - since:g} s" for since, until, _ in case["gaps"]]
    if not told:
        return "a quarter of an hour with a good line"
    silent = " that the log does not show" if case["gaps"][0][2] else ""
    return f"a quarter of an hour with gaps of {listed(told)}{silent}"


def too_old(case, evidence):
    """A sentence about prices that were wrong for too long; or None."""
    if not were_asked(case, evidence) or not number(evidence["oldest"]) or evidence["oldest"] > OLDEST:
        return (
            f"{line_in_words(case)}: a price that was given out had been wrong for {shown(evidence['oldest'])} s, and "
            f"{many(evidence['wrong'], 'customer')} got one older than the {OLDEST:g} s that are allowed"
        )


@ticket.criterion(on=["an hour", "a bad line", "a good line"], points=3)
def not_older_than_75(case, evidence):
    """Target: a price that is given out has been wrong for 75 s at most."""
    return too_old(case, evidence)


@ticket.criterion(on=["Thursday", "an hour"], points=2)
def thursday_too(case, evidence):
    """The target holds where the line goes away and comes back, and nobody says so."""
    return too_old(case, evidence)


@ticket.criterion(on=["an hour", "a good line", "a bad line", "Thursday"], points=2)
def the_office_is_not_asked_more(case, evidence):
    """Budget: the office gets 115 questions a minute at most, for prices and for news."""
    if wrong := hears_nothing(case, evidence):
        return wrong
    if not were_asked(case, evidence) or not number(evidence["per_minute"]) or evidence["per_minute"] > PER_MINUTE:
        return (
            f"{line_in_words(case)}: the office gets {shown(evidence['per_minute'])} questions a minute, and "
            f"{PER_MINUTE:g} are allowed"
        )


@ticket.criterion(on=["an hour", "a bad line", "a good line", "Thursday"], points=2)
def nobody_queues(case, evidence):
    """Budget: at most 10 questions are at the office at once, and 60 customers an hour wait longer than a second."""
    if wrong := hears_nothing(case, evidence):
        return wrong
    line, waits = evidence["line"], evidence["waits"]
    if not were_asked(case, evidence) or not number(line) or line > LINE:
        return f"{line_in_words(case)}: {many(line, 'question')} at the office at once, and {LINE} may be"
    if not number(waits) or (case["kind"] == "an hour" and waits > WAITS):
        return f"{line_in_words(case)}: {many(waits, 'customer')} have to wait longer than a second, and {WAITS} may"


@ticket.scenario
def how_the_hour_went(case, evidence):
    rows = [("", "allowed", "yours"), (line_in_words(case), "", "")]
    rows += [("a price was wrong for", f"{OLDEST:g} s", shown(evidence["oldest"]))]
    rows += [("questions to the office a minute", f"{PER_MINUTE:g}", shown(evidence["per_minute"]))]
    rows += [("at the office at once", LINE, shown(evidence["line"]))]
    return [*rows, ("waits above a second", f"{WAITS} an hour", shown(evidence["waits"]))]


@ticket.search(
    rounds=24, step_by_step=False, agree=lambda *asked: wrong_news(*asked), words=lambda each: news_in_words(each)
)
def two_lines(random, size):
    """Steps [second, documents that change]; for each of two shelves the gaps [from, until, silent] of its line."""
    docs = [f"price {number}" for number in range(1, 9)]
    until = 60 + 40 * size

    def gaps():
        found, at = [], random.randint(5, 60)
        while at < until - 100:
            ends = at + random.randint(2, 45)
            found.append([at + 0.25, ends + 0.5, random.random() < 0.4])
            at = ends + random.randint(20, 150)
        return found

    lines = [gaps(), gaps()]
    moments = [random.randint(2, until - 100) for _ in range(size // 2)]
    for each in [*lines[0], *lines[1]]:  # what changes in a gap is what may be missed
        moments += random.sample(
            [each[0] + 0.125, (each[0] + each[1]) // 2 + 0.125, each[1] - 0.125], random.randint(1, 2)
        )
    steps = [[at, random.sample(docs, random.choice([1, 1, 1, 1, 2, 3]))] for at in sorted(moments)]
    return {"before": random.choice([0, 0, 3]), "one": lines[0], "two": lines[1], "until": until, "steps": steps}


@ticket.player
def listen_at_two_shelves(student, case):
    """Yield for each shelf the price that was wrong the longest, and what the shelf did that costs something.

    The office numbers its news and beats every five seconds. A shelf fetches at once what it drops.
    """
    from inspect import iscoroutine

    from letitcrash.caching import Beat, Changed, Connected

    log = [Changed(number, f"price {number}") for number in range(1, case["before"] + 1)]

    class Shelf:
        def __init__(self):
            self.last, self.wrong, self.up = len(log), {}, True  # by document, the second since which it is wrong
            self.oldest, self.asked, self.flushed, self.needless, self.heard = [0.0, "", 0.0], [], [], 0, [0, 0]

        def drop(self, doc):
            if doc in self.wrong:
                self.mended(doc)
                return 1
            self.needless += 1
            return 0

        def mended(self, doc):
            since = self.wrong.pop(doc)
            self.oldest = max(self.oldest, [now - since, doc, since])

        def flush(self):
            self.flushed.append(now)
            for doc in list(self.wrong):
                self.mended(doc)
            return 400

        async def since(self, number):
            if type(number) is not int or number < 0:
                raise ValueError(f"since({number!r}): give the number of the newest news that is known, 0 or more")
            self.asked.append(now)
            return log[number:]

    def tell(shelf, news):
        shelf.heard[0] += type(news) is Changed
        shelf.heard[1] += type(news) is Beat
        action = student.on_news(shelf, news)
        if iscoroutine(action):
            try:
                action.send(None)
            except StopIteration:
                return
            action.close()
            raise TypeError("on_news has awaited something: here it can await shelf.since(number) and nothing else")

    shelves, gaps = [Shelf(), Shelf()], [case["one"], case["two"]]
    agenda = [(at, 2, docs) for at, docs in case["steps"]]
    agenda += [(float(at), 3, None) for at in range(5, case["until"], 5)]
    for which in (0, 1):
        for begins, ends, silent in gaps[which]:
            agenda += [(begins, 0, which), (ends, 1, (which, silent))]
    for now, what, whom in sorted(agenda, key=lambda each: each[:2]):
        if what == 0:
            shelves[whom].up = False
        elif what == 1:
            which, silent = whom
            shelves[which].up = True
            if not silent:
                tell(shelves[which], Connected())
        elif what == 2:
            news = []
            for doc in whom:
                log.append(Changed(len(log) + 1, doc))
                news.append(log[-1])
            for shelf in shelves:
                for doc in whom:
                    shelf.wrong.setdefault(doc, now)
            for each in news:
                for shelf in shelves:
                    if shelf.up:
                        tell(shelf, each)
        else:
            for shelf in shelves:
                if shelf.up:
                    tell(shelf, Beat(len(log)))
    now = float(case["until"])
    for which, shelf in enumerate(shelves):
        for doc in list(shelf.wrong):
            shelf.mended(doc)
        found = {"oldest": shelf.oldest, "asked": len(shelf.asked), "flushed": shelf.flushed[:1], "heard": shelf.heard}
        yield {"shelf": which + 1, **found, "needless": shelf.needless, "changes": len(log) - case["before"]}


def wrong_news(case, seen, expected):
    """The first shelf that keeps an old price for too long, or costs too much, in a sentence; or None."""
    if len(seen) != len(expected):
        return f"after an hour of news there should be two shelves, and there is {shown(seen[-1:] or None)}"
    for mine, right in zip(seen, expected, strict=True):
        shelf, heard, gaps = mine["shelf"], mine["heard"], case[("one", "two")[right["shelf"] - 1]]
        told = "; ".join(f"no news from {seconds(a)} to {seconds(b)}{', silent' * c}" for a, b, c in gaps[:4])
        where = f"shelf {shelf}, {told or 'with a good line'}"
        if mine["heard"] != right["heard"] or mine["changes"] != right["changes"]:
            return f"{where}: it should hear {shown(right['heard'])} changes and beats, and heard {shown(heard)}"
        age, doc, since = mine["oldest"]
        if not number(age) or age > OLDEST:
            late = f"{shown(doc)} changed at {shown(since)} s, and was still wrong there {shown(age)} s later"
            return f"{where}: {late}; {OLDEST:g} s are allowed"
        if mine["flushed"]:
            return (
                f"{where}: at {shown(mine['flushed'][0])} s everything was thrown away, and 400 prices have to be "
                f"fetched; {LINE} questions may stand at the office"
            )
        most = heard[0] + 0.6 * heard[1] + 2 * len(gaps) + 2
        if not number(mine["asked"]) or mine["asked"] > most:
            often = f"{many(mine['asked'], 'time')} in {seconds(case['until'])}"
            return f"{where}: it asked the office for news {often}, which is too often"
        if not number(mine["needless"]) or mine["needless"] > mine["changes"] + 1:
            return (
                f"{where}: {many(mine['changes'], 'document')} changed, and {many(mine['needless'], 'time')} one was "
                "dropped that was fresh: each of these costs a fetch"
            )
    return None


def news_in_words(each):
    """A step, or what a shelf did."""
    if isinstance(each, list) and len(each) == 2:
        return f"{seconds(each[0])}: {listed(each[1])} {'change' if each[1][1:] else 'changes'}"
    if isinstance(each, dict):
        age = each["oldest"][0]
        thrown = ", everything thrown away" if each["flushed"] else ""
        return (
            f"shelf {each['shelf']}: oldest price {shown(age)} s; asked for news {many(each['asked'], 'time')}{thrown}"
        )
    return said(each)


@ticket.tells
def ages_and_questions(cases, evidence):
    """The figures that the ticket was judged by."""
    by_kind = {case["kind"]: seen for case, seen in zip(cases, evidence, strict=True)}
    hour = by_kind["an hour"]
    oldest = max(seen["oldest"] for seen in evidence)
    return (
        f"No price was older than {oldest:.0f} s ({OLDEST:g} allowed), on Thursday none older than "
        f"{by_kind['Thursday']['oldest']:.0f} s; the office got {hour['per_minute']:.0f} questions a minute "
        f"({PER_MINUTE:g} allowed), {hour['line']} at once at most ({LINE}), and {hour['waits']} customers waited "
        f"longer than a second ({WAITS})."
    )
