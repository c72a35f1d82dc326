"""The codec: which values may cross a wire, as what they arrive, and how many bytes they count."""

import enum
import functools
import math
import threading
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as some

from letitcrash import World
from letitcrash.process import BadArgument, Exit, Pid
from letitcrash.process.codec import crossing, crossing_reason, size_bytes

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text() | some.binary(),
    lambda inner: some.lists(inner) | some.tuples(inner, inner) | some.dictionaries(some.text(), inner),
)


class Colour(enum.Enum):
    RED = 1


class Point(NamedTuple):
    x: int
    y: object


@dataclass(frozen=True, slots=True)
class Order:
    number: int
    eggs: object = 12


@dataclass
class Basket:
    eggs: object


async def idle(me):
    await me.receive()


def pid() -> Pid:
    return World().spawn(idle)


@given(VALUES)
def test_a_value_arrives_equal_and_costs_bytes(value):
    assert crossing(value) == value
    assert size_bytes(value) >= 1


UNCHANGEABLE = [None, 3, "eggs", 1.5, (1, "two"), Colour.RED, Point(1, 2), Order(1), idle, Order, pid()]


@pytest.mark.parametrize("value", [*UNCHANGEABLE, World.spawn, ((1, (2, Order(3, (4,)))),)])
def test_what_cannot_be_changed_arrives_as_the_same_object(value):
    assert crossing(value) is value


@pytest.mark.parametrize(
    ("value", "change"),
    [
        ([1], lambda value: value.append(2)),
        ({"eggs": 1}, lambda value: value.update(milk=2)),
        ({1}, lambda value: value.add(2)),
        (deque([1]), lambda value: value.append(2)),
        (bytearray(b"1"), lambda value: value.append(2)),
        (Basket(1), lambda value: setattr(value, "eggs", 2)),
        ((1, [2]), lambda value: value[1].append(3)),
        (Order(1, [2]), lambda value: value.eggs.append(3)),
        (Point(1, [2]), lambda value: value.y.append(3)),
        ({"eggs": [1]}, lambda value: value["eggs"].append(2)),
    ],
)
def test_what_can_be_changed_is_copied_because_two_nodes_share_no_memory(value, change):
    arrived = crossing(value)
    assert arrived == value and type(arrived) is type(value)
    change(value)
    assert arrived != value


class SoldOut(Exception):
    __slots__ = ("left",)

    def __init__(self, what, *, left):
        super().__init__(what)
        self.what = what
        self.left = left


@dataclass(frozen=True)
class Torn(Exception):
    label: object


def sold_out():
    """An error with all that an error can hold: attributes, slots, notes, an error behind it, a traceback."""
    try:
        try:
            raise KeyError([1])
        except KeyError as behind:
            raise SoldOut(["eggs"], left=[1]) from behind
    except SoldOut as error:
        error.add_note("since Tuesday")
        return error


def changeable(value, seen=None):
    """All lists and errors that can be reached from an error, its traceback left out."""
    seen = {} if seen is None else seen
    if id(value) not in seen and isinstance(value, list | dict | BaseException | tuple):
        seen[id(value)] = value
        inner = value.values() if type(value) is dict else value if type(value) in (list, tuple) else None
        if inner is None:
            inner = (value.args, vars(value), getattr(value, "left", None), value.__cause__, value.__context__)
        for each in inner:
            changeable(each, seen)
    return {key: each for key, each in seen.items() if isinstance(each, list | BaseException)}


def test_an_exception_arrives_as_a_copy_of_itself_and_of_all_that_it_holds():
    error = sold_out()
    arrived = crossing(error)
    assert (type(arrived), arrived.args, arrived.what, arrived.left) == (SoldOut, (["eggs"],), ["eggs"], [1])
    assert (arrived.__notes__, arrived.__cause__.args) == (["since Tuesday"], ([1],))
    assert arrived.what is arrived.args[0] and arrived.__traceback__ is error.__traceback__
    assert not changeable(error).keys() & changeable(arrived).keys()
    assert len(changeable(error)) == len(changeable(arrived)) == 6


@pytest.mark.parametrize(
    "error",
    [
        Exit("boom"), OSError(2, "no such file", "eggs.txt"), UnicodeDecodeError("utf-8", b"e", 0, 1, "eggs"),
        ImportError("eggs", name="shelf"), ExceptionGroup("two", [KeyError(1), Exit(2)]), SystemExit(3), KeyError(),
        Torn("eggs"),
    ],
)  # fmt: skip
def test_an_error_of_python_says_the_same_at_the_other_end_and_is_another_object(error):
    arrived = crossing(error)
    assert arrived is not error and (type(arrived), str(arrived)) == (type(error), str(error))
    for name in ("filename", "reason", "name", "exceptions", "code", "label"):
        assert repr(getattr(arrived, name, None)) == repr(getattr(error, name, None))


def test_an_error_that_holds_what_is_no_value_cannot_cross_but_one_that_hides_it_behind_itself_can():
    error = SoldOut("eggs", left=1)
    error.__context__ = KeyError(object())
    assert crossing(error).__context__ is None
    error.shelf = threading.Lock()
    with pytest.raises(BadArgument, match=r"lock object at .* cannot cross a wire"):
        crossing(error)


def test_errors_raised_from_each_other_cost_no_more_than_their_number():
    newest = oldest = KeyError(0)
    for number in range(1, 60):
        error = KeyError(number, newest)
        error.behind = error.__cause__ = newest
        newest = error
    oldest.__context__ = newest  # and round again
    arrived = crossing(newest)
    assert (arrived.args[0], arrived.behind.args[0], arrived.__cause__) == (59, 58, arrived.args[1])
    while arrived.__cause__ is not None:
        arrived = arrived.__cause__
    assert arrived.__context__.args[0] == 59


class LabelledOrder(Order):
    @functools.cached_property
    def labels(self):
        return ["fresh"]


@dataclass
class Shelf:
    pass


class Corner(Point):
    pass


@pytest.mark.parametrize("value", [LabelledOrder(1), Shelf(), Corner(1, 2)])
def test_what_an_object_holds_beside_its_fields_is_copied_too(value):
    object.__setattr__(value, "labels", ["fresh"])
    arrived = crossing(value)
    assert arrived == value and arrived.labels == ["fresh"] and arrived.labels is not value.labels


def test_a_method_takes_a_copy_of_its_object_along():
    basket = Basket([1])
    arrived = crossing(basket.__repr__)
    basket.eggs.append(2)
    assert arrived() == "Basket(eggs=[1])" and arrived.__self__ is not basket


@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: [value], lambda value: Order(1, (value,))])
@pytest.mark.parametrize("value", [object(), threading.Lock(), (n for n in ()), lambda: 3, len, World(), math])
def test_what_is_no_value_is_refused_with_the_rule(value, wrap):
    for use in (crossing, size_bytes):
        with pytest.raises(
            BadArgument, match=r"cannot cross a wire: (a message is made of|only what stands in a module)"
        ):
            use(wrap(value))


def test_me_instead_of_my_pid_is_answered_with_the_pid():
    async def sends(me):
        me.send(("till", "b"), (me, "eggs"))

    with pytest.raises(BadArgument, match=r"did you mean me\.pid, <a\.1 passer-by>\?"):
        World(nodes=("a", "b")).ask(sends)


def test_a_message_that_cannot_cross_is_an_error_of_its_sender_and_nothing_is_lost():
    heard = []

    async def hears(me):
        while True:
            heard.append(await me.receive())

    async def sends(me):
        me.send(("till", "b"), "before")
        with pytest.raises(BadArgument, match="<lambda> cannot cross a wire"):
            me.send(("till", "b"), lambda: 3)
        me.send(("till", "b"), "after")

    world = World(nodes=("a", "b"))
    world.spawn(hears, node="b", name="till")
    world.ask(sends)
    world.run()
    assert heard == ["before", "after"]


def test_a_reason_that_cannot_cross_is_told_as_its_text():
    reason = Exit(object)
    assert crossing_reason(reason).args == (object,)
    assert crossing_reason((1, object())).startswith("(1, <object object at")


def in_itself():
    basket = []
    basket.append(basket)
    return basket


@pytest.mark.parametrize("value", [in_itself(), functools.reduce(lambda inner, _: [inner], range(5000), [])])
def test_what_holds_itself_or_is_nested_too_deep_is_refused_in_words(value):
    with pytest.raises(BadArgument, match="what holds itself, or is nested too deep, cannot cross a wire"):
        crossing({"basket": value})
    assert type(crossing_reason(value)) is str


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ("", 5), ("eggs", 9), (b"eggs", 9), (bytearray(b"eggs"), 9), (0, 2), (255, 2), (256, 5), (-1, 5), (2**31, 7),
        (2**32, 8), (2**40 - 1, 8), (2**40, 9), (-(2**40), 9), (2**2039, 258), (2**2040, 262), (1.5, 9), (True, 6),
        (False, 7), (None, 6), ((), 2), ((3, "eggs"), 13), ((1.5,) * 256, 2309), ([], 1), ([1.5, 2.5], 24),
        ({"a": 1}, 13), (Order(1, 2), 13), (Point(1, 2), 13), (Exit("boom"), 17),
        (SoldOut("eggs", left=3), 31),
    ],
)  # fmt: skip
def test_the_bytes_of_a_value_are_those_of_erlangs_external_term_format(value, size):
    assert size_bytes(value) == size
