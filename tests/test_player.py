"""The player's Python half: what a trace says at any moment, how it travels, and what is said of a faulty one."""

import copy
import dataclasses
import gzip
import json
import re
from pathlib import Path

import player_runs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letitcrash import World
from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.show import widget_output
from letitcrash.show.player import bundle, event_table, reducer, watch
from letitcrash.show.player.pack import pack
from letitcrash.show.player.source import Source
from letitcrash.show.player.state_changes import CHANGES
from letitcrash.trace import Event, Trace, kinds

RUNS = list(player_runs.RUNS)


def unpacked(packed: dict) -> list[dict]:
    """The way back, as js/data.js goes it."""
    seen, events = [0] * len(packed["kinds"]), []
    for place, kind in enumerate(packed["kind"]):
        event = {"kind": packed["kinds"][kind], "at": packed["at"][place]}
        event |= {f: column[seen[kind]] for f, column in packed["fields"][kind].items()}
        seen[kind] += 1
        events.append({f: value for f, value in event.items() if value != {"missing": True}})
    return events


@pytest.mark.parametrize("name", RUNS)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_any_way_through_a_run_leads_to_the_same_state(name, data):
    events = player_runs.rows(player_runs.RUNS[name]())
    places = data.draw(st.lists(st.integers(0, len(events)), min_size=1, max_size=6))
    kept, state = {}, reducer.start()
    for count in range(len(events) + 1):
        if count in places:
            kept[count] = copy.deepcopy(state)
        if count < len(events):
            state = reducer.apply(state, events[count])
    for count in places:
        assert reducer.state_at(events, count) == kept[count]


@pytest.mark.parametrize("name", RUNS)
def test_a_state_is_plain_json(name):
    events = player_runs.rows(player_runs.RUNS[name]())
    state = reducer.state_at(events, len(events))
    assert json.loads(json.dumps(state)) == state


@pytest.mark.parametrize("name", ["one line", "a line a till"])
def test_every_customer_is_counted_once(name):
    state = reducer.start()
    for event in player_runs.rows(player_runs.RUNS[name]()):
        state = reducer.apply(state, event)
        inside = [customer for line in state["lines"].values() for customer in line]
        inside += [till["serving"] for till in state["tills"].values() if till["serving"] is not None]
        assert len(inside) == len(set(inside))
        assert {str(c) for c in inside} == {c for c, at in state["customers"].items() if at["place"] != "door"}
    assert not state["customers"]
    assert state["served"] + state["balked"] + state["reneged"] == _came(name)


def _came(name: str) -> int:
    return sum(event["kind"] == "Arrived" for event in player_runs.rows(player_runs.RUNS[name]()))


def test_the_run_of_a_tree_shows_what_it_is_for():
    """The tests of the tree would prove little on a run in which nobody gives up."""
    kinds = {event["kind"] for event in player_runs.rows(player_runs.tree())}
    assert {"GaveUp", "Restarted", "ChildStopped", "Signalled", "Slept", "Exited"} <= kinds
    assert "Dropped" in {event["kind"] for name in RUNS for event in player_runs.rows(player_runs.RUNS[name]())}


def test_a_mailbox_in_the_state_is_the_mailbox_of_the_process():
    events = player_runs.rows(player_runs.gossip())
    state = reducer.start()
    for event in events:
        if event["kind"] == "Received":
            sent = events[state["mailboxes"][event["pid"]][event["position"]]]
            assert sent.get("message", event["message"]) == event["message"]
        state = reducer.apply(state, event)


def test_the_window_counts_whole_seconds():
    """OTP, I=1, P=1: restarts in seconds 3 and 4 count together at 4.99; at 5.0 only the later one does."""
    supervisor = {"window": [4, 3], "period": 1}
    assert reducer.window_at(supervisor, 4.99) == [4, 3]
    assert reducer.window_at(supervisor, 5.0) == [4]


def test_each_way_of_a_wire_is_cut_and_healed_alone():
    world, roads = World(nodes=("a-1", "a-2")), {"a-1-a-2": ("a-1", "a-2"), "a-2-a-1": ("a-2", "a-1")}
    steps = [("cut", "both"), ("heal", "there"), ("cut", "there"), ("heal", "back"), ("heal", "there"), ("cut", "back")]
    seen = []
    for ends in roads.values():
        for use, way in steps:
            getattr(world.wire(*ends), use)(way)
            seen.append({road: world.wire(*ends).out.is_cut for road, ends in roads.items()})
    events = player_runs.rows(world.trace)
    places = [place for place, event in enumerate(events, 1) if event["kind"] in ("WireCut", "WireHealed")]
    states = [reducer.state_at(events, place)["wires"] for place in places]
    assert [{road: state.get(road, {"is_cut": False})["is_cut"] for road in roads} for state in states] == seen
    assert len({tuple(each.values()) for each in seen}) == 4


@pytest.mark.parametrize("name", RUNS)
def test_a_run_arrives_as_it_was_sent(name):
    events = player_runs.rows(player_runs.RUNS[name]())
    assert unpacked(json.loads(json.dumps(pack(events, len(events))))) == events


@settings(max_examples=12, deadline=None)
@given(limit=st.integers(30, 400), around=st.none() | st.integers(0, 800))
def test_a_thinned_run_is_exact_wherever_it_stops(limit, around):
    events = player_runs.rows(player_runs.one_line()) * 1
    packed = pack(events, len(events), limit=limit, around=around)
    if len(events) <= limit:
        return
    state, passed = reducer.start(), 0
    for place, event in enumerate(unpacked(packed)):
        event |= packed["skips"].get(place, {})
        state = reducer.apply(state, event)
        passed += event.get("skipped", 1)
        assert state == reducer.state_at(events, passed)
        assert packed["numbers"][place] == passed - 1
    assert passed == len(events)
    if around is not None and around < len(events):
        assert around in packed["numbers"]


def test_a_run_of_many_events_keeps_its_ends_whole():
    events = [{"kind": "Arrived", "at": float(second), "customer": second} for second in range(60_000)]
    packed = pack(events, len(events))
    assert packed["total"] == 60_000
    assert packed["numbers"][:1000] == list(range(1000))
    assert packed["numbers"][-1000:] == list(range(59_000, 60_000))
    assert len(packed["kind"]) <= 20_000 + 200


def test_a_thousand_events_travel_in_forty_kilobytes():
    day = run_store(Poisson(95), Exponential(100), 3, customers=250, trace=True)
    events = player_runs.rows(day.trace)[:1000]
    tree = player_runs.rows(player_runs.tree())
    tree = (tree * 3)[:1000]
    for run in (events, tree):
        assert len(run) == 1000
        assert len(gzip.compress(json.dumps(pack(run, 1000)).encode())) < 40_000


def test_the_module_is_small():
    assert len(gzip.compress(bundle.module().encode())) < 60_000


# The table of events


def kinds_of_the_library() -> dict[str, type]:
    return {
        name: kind
        for name, kind in kinds().items()
        if kind.__module__.startswith("letitcrash.") and "show" not in kind.__module__
    }


def test_every_kind_of_event_of_the_library_is_in_the_table():
    assert set(kinds_of_the_library()) == set(event_table.EVENTS)


@pytest.mark.parametrize("name", event_table.EVENTS)
def test_the_table_names_fields_that_the_event_has(name):
    fields = {field.name for field in dataclasses.fields(kinds_of_the_library()[name])}
    row = event_table.EVENTS[name]
    says = [row["says"]] if isinstance(row["says"], str) else row["says"]
    assert isinstance(says[-1], str), "the last sentence has no condition: one always holds"
    named = {found[1] for one in says for found in re.finditer(r"\{(\w+)", one if isinstance(one, str) else one[1])}
    asked = {field for one in says if not isinstance(one, str) for field in one[0]}
    assert set(event_table.needs(name)) | named | asked <= fields | {"news", *FACTS}
    assert all(change[0] in CHANGES for change in row.get("changes", ()))


FACTS = ("clean", "crossed", "envelope", "runtime", "sender_dead", "to_alias")


def test_both_languages_know_the_same_changes():
    script = (Path(event_table.__file__).parent / "js" / "state_changes.js").read_text("utf-8")
    assert set(re.findall(r'^  "([a-z ]+)": ', script, re.MULTILINE)) == set(CHANGES)


# Faulty traces


def notes(what) -> list[str]:
    source = Source(what)
    list(source)
    return source.notes


def test_nothing_is_said_of_a_sound_trace():
    for name in RUNS:
        assert notes(player_runs.RUNS[name]()) == []


def test_an_empty_trace_can_be_watched():
    assert watch(Trace()).spec()["runs"][0]["total"] == 0
    assert "0 events" in repr(watch(Trace()))


def test_events_out_of_order_are_named_and_shown():
    rows = [{"kind": "Arrived", "at": 5, "customer": 1}, {"kind": "Arrived", "at": 3, "customer": 2}]
    assert "out of order (first: event 1 (Arrived) at 3 s comes after 5 s)" in notes(rows)[0]
    assert len(list(Source(rows))) == 2


def test_an_unknown_kind_is_named_and_listed():
    class Hiccup(Event):
        pass

    assert "1 event is of a kind that is not drawn (first: Hiccup)" in notes(Trace([Hiccup(1.0)]))[0]


def test_an_incomplete_event_changes_nothing():
    rows = [{"kind": "Joined", "at": 1, "customer": 4}]
    assert "event 0 (Joined) has no line" in notes(rows)[0]
    assert reducer.state_at(rows, 1) == {**reducer.start(), "n": 1, "at": 1}


def test_what_cannot_be_read_is_left_out_and_counted():
    lines = ['{"trace": "letitcrash", "version": 1}', "eggs", '{"kind": "Arrived", "at": "noon"}', "7",
             '{"kind": "Arrived", "at": 1, "customer": 1}']  # fmt: skip
    assert "3 events are left out, because they cannot be read (first: line 2 is not JSON: 'eggs')" in notes(lines)[0]
    assert len(list(Source(lines))) == 1


def test_a_trace_of_a_newer_version_is_shown_as_far_as_it_is_known():
    lines = ['{"trace": "letitcrash", "version": 2}', '{"kind": "Arrived", "at": 1, "customer": 1}']
    assert "version 2" in notes(lines)[0]
    assert watch(lines).spec()["runs"][0]["total"] == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: watch(7), "not 7"),
        (lambda: watch(Trace(), names=["a", "b"]), "one name a run"),
        (lambda: watch(Trace(), views=["map"]), "'map' is no view"),
        (lambda: watch(Trace(), rate=0), "rate=0"),
        (lambda: watch(Trace(), until=4), "until is for a world"),
    ],
)
def test_a_wrong_call_says_what_would_be_right(wrong, says):
    with pytest.raises((TypeError, ValueError), match=says):
        wrong().spec()


def test_it_opens_at_the_event_that_is_named():
    trace = player_runs.tree()
    assert watch(trace, at=17, why="because").spec() | {"runs": []} == {
        "version": 1, "why": "because", "at": 17, "runs": []
    }  # fmt: skip
    assert watch(trace, at=-1).spec()["at"] == len(trace) - 1
    assert watch(trace, at=10**9).spec()["at"] == len(trace) - 1


# A world that runs


def busy_world() -> World:
    world = World(seed=1)

    async def clerk(me):
        while True:
            await me.sleep(1)

    world.spawn(clerk, name="clerk")
    return world


def test_a_world_is_followed_and_not_pushed():
    world = busy_world()
    world.run(until=3)
    player = watch(world)
    spec = player.spec()
    assert spec["live"]
    assert spec["over"]
    assert player.hear({"kind": "more", "least": 5})["run"]["total"] == 0
    world.run(until=6)
    assert player.hear({"kind": "more", "least": 1})["run"]["total"] > 0


def test_a_world_with_an_end_runs_on_when_more_is_asked_for():
    world = busy_world()
    player = watch(world, until=5)
    player.spec()
    got = player.hear({"kind": "more", "least": 3})
    assert got["run"]["total"] >= 3
    while not got["over"]:
        got = player.hear({"kind": "more", "least": 3})
    assert 4 <= world.now <= 5


def test_a_watched_world_leaves_the_same_trace():
    watched, alone = busy_world(), busy_world()
    player = watch(watched, until=5)
    player.spec()
    while not player.hear({"kind": "more", "least": 1})["over"]:
        pass
    watched.run(until=8)
    alone.run(until=8)
    assert watched.trace.digest() == alone.trace.digest()


def test_on_a_page_the_world_has_run_to_its_end(monkeypatch):
    monkeypatch.setenv(widget_output.STATIC, "1")
    world = busy_world()
    html = watch(world, until=5)._repr_mimebundle_()["text/html"]
    assert world.now == 5
    assert 'data-lic="player"' in html


def test_a_page_gets_no_more_than_it_can_carry(monkeypatch):
    monkeypatch.setenv(widget_output.STATIC, "1")
    day = run_store(Poisson(200), Exponential(50), 4, customers=9_000, trace=True)
    html = watch(day)._repr_mimebundle_()["text/html"]
    assert len(gzip.compress(html.encode())) < 170_000
    assert f'"total":{len(day.trace)}' in html


def test_a_notebook_gets_a_widget_and_words():
    made = watch(player_runs.one_line())._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in made
    assert made["text/plain"].startswith("A run to watch")
