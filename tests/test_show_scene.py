"""Scenes to drag: every arrangement has the outcome of a run of its own, and a scene that cannot be is refused."""

import random

import pytest

from letitcrash.process import Down
from letitcrash.process.events import Exited, Received, Spawned
from letitcrash.show import widget_output
from letitcrash.show.arrange import Fate, Handle, Line, Outcome, Spot, arrange
from letitcrash.show.chapter03 import ties
from letitcrash.show.chapter04 import order
from letitcrash.show.chapter05 import monday, patience
from letitcrash.show.pack import compact, zipped

SCENES = {"ties": ties.to_touch(), "order": order.to_touch(), "patience": patience.to_touch()}
SPECS = {name: scene.spec() for name, scene in SCENES.items()}


@pytest.fixture(params=SCENES)
def scene(request):
    return SCENES[request.param], SPECS[request.param]


def found(name, key):
    spec = SPECS[name]
    return spec["outcomes"][spec["table"][key]]


def fates(name, key):
    names = [spot["name"] for spot in SPECS[name]["spots"]]
    return {spot: words for spot, (_, words, _) in zip(names, found(name, key)["fates"], strict=True)}


def test_each_arrangement_has_the_outcome_of_its_run(scene):
    made, spec = scene
    every = list(made.arrangements())
    assert len(every) == len(spec["table"])
    for places, order_, option in random.Random(12).sample(every, 40):
        expected = made.run(places, order_, option)
        in_the_page = spec["outcomes"][spec["table"][made.key(places, order_, option)]]
        assert in_the_page == {"fates": list(map(list, expected.fates)), "said": list(expected.said)}


def test_no_two_fates_have_the_same_turn(scene):
    for outcome in scene[1]["outcomes"]:
        turns = sorted(turn for _, _, turn in outcome["fates"] if turn)
        assert len(set(turns)) == len(turns) and set(turns) <= set(range(1, len(outcome["fates"]) + 1))


def test_a_scene_weighs_less_than_ten_kilobytes_gzipped(scene):
    assert zipped(compact(scene[1])) < 10_000


@pytest.mark.parametrize("places", [(3, 1, 2, 0, 1, 0, 2), (1, 1, 2, 0, 1, 0, 2), (2, 1, 2, 0, 3, 0, 2)])
def test_the_fates_of_the_tied_are_those_of_the_trace(places):
    trace = ties.crash(places)
    names = {event.pid.label for event in trace.of(Spawned)}
    gone = {event.pid.label for event in trace.of(Exited)}
    told = {event.pid.label for event in trace.of(Received) if isinstance(event.message, Down)}
    shown = dict(zip(ties.NAMES, ties.outcome(places).fates, strict=True))
    assert {name for name, fate in shown.items() if fate.look == "gone"} == gone
    assert {name for name, fate in shown.items() if fate.look == "told"} == told
    assert set(shown) == names


def test_links_carry_a_crash_on_and_a_monitor_only_tells():
    assert set(fates("ties", "3.1.2.0.1.0.2.0").values()) == {"works on", "crashes"}
    assert fates("ties", "1.1.2.0.1.0.2.0") == {
        "manager": "exits too", "till": "crashes", "drawer": "exits too", "clerk": "works on",
    }  # fmt: skip
    assert fates("ties", "2.1.2.0.3.0.2.0") == {
        "manager": "is told", "till": "exits too", "drawer": "crashes", "clerk": "works on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("option", "anew"),
    [(0, ["cheese"]), (1, ["cheese", "bread", "till"]), (2, ["freezer", "cheese", "bread", "till"])],
)
def test_the_strategy_and_the_order_say_who_begins_anew(option, anew):
    at_first = fates("order", f"1.0.1.2.3.{option}")
    assert [name for name, fate in at_first.items() if fate == "anew"] == anew
    last = fates("order", f"1.0.2.3.1.{option}")  # the cheese clerk at the right end
    assert [name for name, fate in last.items() if fate == "anew"] == (anew if option != 1 else ["cheese"])


def test_a_late_price_is_paid_by_the_next_customer():
    assert list(fates("patience", "8.7.0").values()) == ["pays 12.50", "pays 1.10", "pays 3.00", "pays 4.20"]
    late = ["pays 0.00", "pays 12.50", "pays 1.10", "pays 3.00"]
    assert list(fates("patience", "5.7.0").values()) == late
    paid = monday.morning(monday.shelf, monday.till, [article for _, article in patience.CUSTOMERS], 5)[1]
    assert [price for _, price in paid[1:]] == [12.5, 1.1, 3.0]  # as the chapter's own shelf has it


def test_without_a_script_sentences_say_what_came_of_it(scene, monkeypatch):
    monkeypatch.setenv(widget_output.STATIC, "1")
    made = scene[0]._repr_mimebundle_()
    said = scene[0].run(*scene[0].start()).said
    assert made["text/plain"] == " ".join(said)
    assert all(f"<li>{sentence}</li>".replace("'", "&#x27;") in made["text/html"] for sentence in said)


def nothing(places, order_, option):
    return Outcome((Fate("well", "works on"),) * 2, ("Nothing happens.",))


TWO = (Spot("a", 20, 50), Spot("b", 80, 50))


@pytest.mark.parametrize(
    ("handles", "more", "words"),
    [
        ([Handle("label", 2)], {}, r"'label' stands at 2: it must be one of \[0, 1\]"),
        ([Handle("time-out", 0, "time", 3)], {}, r"'time-out' stands at 0: it must be one of \[1, 2, 3\]"),
        ([Handle("a", 0), Handle("b", 0)], {"lines": [Line(0, 1, "monitor")]}, "must stand apart"),
        ([Handle("a", 0)], {"choose": {"one": ["x"], "two": ["y"]}}, "choose asks 2 questions"),
        ([Handle(str(n), 1, "time", 50) for n in range(3)], {}, "125000 arrangements: a page holds 40000"),
    ],
)
def test_a_scene_that_cannot_be_is_refused_in_words(handles, more, words):
    with pytest.raises(ValueError, match=words):
        arrange(TWO, handles, nothing, title="A scene", **more)
