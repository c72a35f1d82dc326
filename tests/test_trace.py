"""The trace: what happened, kept, filtered, written and read again."""

import copy
import hashlib
import io
import json
import pickle
from collections import Counter, namedtuple
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as some

from letitcrash import World, hours
from letitcrash.process.mail import Timer
from letitcrash.trace import Event, Trace, TraceError, Writer, as_dict, kinds, read


@dataclass(frozen=True, slots=True)
class EggDropped(Event):
    """Somebody dropped `eggs` eggs in `aisle`."""

    aisle: str
    eggs: int = 1


@dataclass(frozen=True, slots=True)
class Mopped(Event):
    """The floor is clean again; `by` may be nobody."""

    by: str | None


times = some.floats(0, 1e9)
events = some.one_of(
    some.builds(EggDropped, at=times, aisle=some.text(), eggs=some.integers()),
    some.builds(Mopped, at=times, by=some.one_of(some.none(), some.text())),
)
DAY = [EggDropped(1.0, "dairy"), Mopped(4.0, None), EggDropped(4.0, "bread", 12), Mopped(9.5, "Ada")]


def written(trace):
    file = io.StringIO()
    trace.write(file)
    return file.getvalue()


@given(some.lists(events, max_size=20))
def test_what_is_written_can_be_read_again(day):
    trace = Trace(day)
    again = read(io.StringIO(written(trace)))
    assert list(again) == day
    assert again.digest() == trace.digest()


@given(some.lists(events, max_size=6), some.lists(events, max_size=6))
def test_two_traces_have_the_same_digest_only_if_they_are_the_same(one, other):
    assert (Trace(one).digest() == Trace(other).digest()) == (written(Trace(one)) == written(Trace(other)))


def test_the_digest_is_the_checksum_of_the_written_file():
    assert Trace(DAY).digest() == hashlib.sha256(written(Trace(DAY)).encode()).hexdigest()


def test_a_file_starts_with_its_version_and_has_an_event_a_line():
    first, *rest = map(json.loads, written(Trace(DAY)).splitlines())
    assert first == {"trace": "letitcrash", "version": 1}
    assert rest[0] == {"kind": "EggDropped", "at": 1.0, "aisle": "dairy", "eggs": 1}
    assert [row["kind"] for row in rest] == ["EggDropped", "Mopped", "EggDropped", "Mopped"]


def test_an_event_can_be_recorded_as_a_row_of_its_kind_and_fields():
    trace = Trace()
    trace.record((EggDropped, 2.0, "dairy"))
    trace.record(Mopped(3.0, "Ada"))
    assert list(trace) == [EggDropped(2.0, "dairy", 1), Mopped(3.0, "Ada")]
    assert trace[0] == trace.events[0] == EggDropped(2.0, "dairy")


def test_events_are_filtered_by_kind_and_by_time():
    trace = Trace(DAY)
    assert list(trace.of(Mopped)) == [DAY[1], DAY[3]]
    assert list(trace.of(Mopped, EggDropped)) == DAY
    assert list(trace.between(1.0, 4.0)) == DAY[:1]
    assert list(trace.between(4.0, 9.5)) == DAY[1:3]
    assert len(trace) == 4
    assert trace[-1] == DAY[3]


@given(some.lists(events, max_size=20), some.integers(0, 10))
def test_a_ring_holds_the_newest_events_only(day, keep):
    trace = Trace(keep=keep)
    for event in day:
        trace.record(event)
    assert list(trace) == (day[-keep:] if keep else [])


@pytest.mark.parametrize("keep", [None, 2])
@pytest.mark.parametrize("double", [copy.copy, copy.deepcopy, lambda trace: pickle.loads(pickle.dumps(trace))])
def test_a_copy_is_a_trace_of_its_own(keep, double):
    trace = Trace(DAY, keep=keep)
    twin = double(trace)
    assert list(twin) == list(trace)
    twin.record(Mopped(10.0, "Ben"))
    assert twin[-1] == Mopped(10.0, "Ben")
    assert trace[-1] == DAY[3]


@dataclass(frozen=True)
class Basket:
    """The things a customer carries."""

    of: object
    secret: object = field(default=None, repr=False)


@dataclass(frozen=True)
class Weighed(Event):
    """An event whose own field is called kind."""

    kind: object
    what: object = None


Point = namedtuple("Point", "x y")
simple = some.one_of(
    some.none(), some.booleans(), some.integers(), some.floats(), some.text(), some.binary(), some.complex_numbers(),
    some.sampled_from([len, str.upper, int, Basket, Point, lambda: 1, "x".join, object(), Timer, hours, World()]),
)  # fmt: skip
anything_at_all = some.recursive(
    simple,
    lambda inner: some.one_of(
        some.lists(inner),
        some.tuples(inner, inner),
        some.tuples(inner),
        some.dictionaries(some.text(), inner),
        some.frozensets(some.integers()),
        some.builds(Basket, inner, inner),
        some.builds(Point, inner, inner),
        some.builds(ValueError, inner),
        some.builds(Counter, some.text()),
    ),
)


@given(anything_at_all)
def test_a_line_is_the_json_of_its_event_as_a_dict_whatever_it_holds(value):
    for event in (Mopped(2.5, value), Weighed(3, value, "eggs"), EggDropped(float("inf"), "a%s", value)):
        assert Writer().line(event) == json.dumps(as_dict(event), allow_nan=False)


@given(anything_at_all, anything_at_all)
def test_a_writer_writes_each_event_as_if_it_were_its_first(one, other):
    writer = Writer()
    for value in (one, other, one):
        assert writer.line(Mopped(1.0, value)) == Writer().line(Mopped(1.0, value))


def test_a_pids_text_is_made_once_for_all_lines():
    made = []

    class Label(str):
        def __format__(self, how):
            made.append(self)
            return str(self)

    world = World()

    async def talks(me):
        for _ in range(10):
            me.send(me.pid, me.pid)
            await me.receive()

    world.spawn(talks, label=Label("talks"))
    world.run()
    lines = list(world.trace.lines())
    assert len(lines) == 23
    assert made == ["talks"]


def test_a_kind_that_is_defined_again_is_read_as_the_newest():
    kept = []
    for word in ("old", "new"):

        @dataclass(frozen=True, slots=True)
        class Spilled(Event):
            """As when a notebook's cell runs twice."""

            milk: float = 0.0
            edition = word

        kept.append(Spilled)
    assert kinds()["Spilled"] is kept[-1]
    assert read(Trace([kept[-1](1.0)]).lines())[0].edition == "new"


HEADER = '{"trace": "letitcrash", "version": 1}'


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "the file is empty: a trace starts with its header line"),
        (["eggs"], "line 1 is not JSON"),
        (["[1]"], "line 1 is not a trace header"),
        (['{"trace": "other"}'], "line 1 is not a trace header"),
        (['{"trace": "letitcrash", "version": 99}'], "version 99 of the trace format; this release reads version 1"),
        ([HEADER, "{"], "line 2 is not JSON"),
        ([HEADER, "[]"], "line 2 is not an event of a known kind"),
        ([HEADER, '{"at": 1}'], "line 2 is not an event of a known kind"),
        ([HEADER, '{"kind": ["Mopped"], "at": 1}'], "line 2 is not an event of a known kind"),
        ([HEADER, '{"kind": "Flood", "at": 1}'], "line 2 is not an event of a known kind.*Flood|line 2.*'at': 1"),
        ([HEADER, '{"kind": "Mopped", "at": 1, "by": null}', '{"kind": "Mopped", "at": 2}'], "line 3.*by"),
        ([HEADER, '{"kind": "Mopped", "at": 1, "by": null, "mop": 3}'], "line 2.*mop"),
        ([HEADER, '{"kind": "Mopped", "at": "noon", "by": null}'], 'line 2: "at" must be a number of seconds'),
        ([HEADER, '{"kind": "Mopped", "by": null}'], 'line 2: "at" must be a number of seconds'),
    ],
)
def test_a_file_that_is_no_trace_is_refused_with_its_line(lines, words):
    with pytest.raises(TraceError, match=words):
        read(lines)
