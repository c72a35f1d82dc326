"""Figures as plain data, and the pictures of queues."""

import json
import math
import subprocess
import sys

import pytest

from letitcrash import show
from letitcrash.queueing import Exponential, Interval, Poisson, run_store
from letitcrash.show import figure, palette
from letitcrash.world import hours


@pytest.fixture(scope="module")
def friday():
    return run_store(Poisson(per_hour=55), Exponential(120), tills=2, until=hours(4), seed=3)


def line(y, x=(0, 1, 2)):
    return show.Figure([{"x": x, "y": y}], reading="A line.")


def test_showing_pictures_imports_neither_plotly_nor_widgets_nor_numpy():
    code = "import sys, letitcrash.show; print(*{'plotly', 'anywidget', 'ipywidgets', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_a_figure_is_plain_json_and_carries_its_reading():
    bundle = line(range(3))._repr_mimebundle_()
    assert bundle["text/plain"] == "A line."
    content = json.loads(json.dumps(bundle[figure.MIME], allow_nan=False))
    assert content["data"] == [{"x": [0, 1, 2], "y": [0, 1, 2]}]
    assert content["layout"]["meta"]["reading"] == "A line."


@pytest.mark.parametrize("gap", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_not_finite_become_gaps(gap):
    assert line([1.0, gap, 3.0]).data[0]["y"] == [1.0, None, 3.0]


def test_arrays_of_other_libraries_become_lists():
    class Array:
        def tolist(self):
            return [1, 2.5, math.nan]

    assert line(Array()).data[0]["y"] == [1, 2.5, None]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"x": [1], "y": [2]}, "list of traces"),
        ([[1, 2, 3]], "list of traces"),
        ([{"x": {1, 2}}], "data[0].x is a set"),
        ([{"x": [1, object()]}], "data[0].x[1] holds a object"),
        ([{"x": [1, 2j]}], "data[0].x[1] holds a complex"),
    ],
)
def test_what_no_picture_can_hold_is_named_with_its_place(data, words):
    with pytest.raises(TypeError) as error:
        show.Figure(data, reading="Nothing.")
    assert words in str(error.value)


@pytest.mark.parametrize("reading", ["", "  ", None])
def test_a_figure_without_a_reading_is_refused(reading):
    with pytest.raises(ValueError, match="one sentence"):
        show.Figure([{"y": [1]}], reading=reading)


def test_the_page_knows_a_figure_again_from_a_notebooks_output():
    made = show.waiting_curve(lambda load: load / (1 - load), at=0.5)
    again = figure.figure_of(json.loads(json.dumps(made._repr_mimebundle_()[figure.MIME])))
    assert (again.to_dict(), again.reading) == (made.to_dict(), made.reading)


def test_a_figure_made_with_plotly_is_taken_without_its_template():
    import plotly.graph_objects as go

    taken = figure.as_figure(go.Figure(go.Bar(x=["a"], y=[1]), {"title": "Bars", "template": "plotly_dark"}))
    assert (taken.reading, taken.data[0]["type"]) == ("Bars", "bar")
    assert "template" not in taken.layout


def test_every_colour_of_the_palette_has_its_counterpart_in_the_dark():
    assert set(palette.NAMES.values()) == set(palette.DARK)


def colours(node):
    if isinstance(node, dict):
        return {colour for item in node.values() for colour in colours(item)}
    if isinstance(node, list):
        return {colour for item in node for colour in colours(item)}
    return {node} if isinstance(node, str) and node.startswith("#") else set()


def test_pictures_use_only_colours_that_the_dark_knows(friday):
    pictures = [
        show.waiting_curve({name: (lambda load: load) for name in "abcdef"}, at=0.5),
        show.queue_over_time(friday),
        show.compare_designs({"a": (1, 2, 3)}, title="wait"),
    ]
    for picture in pictures:
        assert colours(picture.to_dict()) <= set(palette.DARK), picture


def test_a_waiting_curve_reads_the_value_at_the_marked_load():
    assert show.waiting_curve(lambda load: load / (1 - load), at=0.95).reading == "At load 0.95: the wait is 19."


def test_a_waiting_curve_leaves_out_loads_without_a_steady_state():
    def wait(load):
        if load >= 0.9:
            raise ValueError("the queue grows without end")
        return load / (1 - load)

    picture = show.waiting_curve(wait, loads=(0.5, 0.8, 0.9, 0.95))
    assert picture.data[0]["y"] == [1.0, pytest.approx(4.0), None, None]
    assert picture.reading == "From load 0.5 to load 0.8 the wait goes from 1 to 4."


def test_curves_differ_in_dash_as_well_as_in_colour():
    data = show.lines([0, 1], {name: [0, 1] for name in "abcde"}, x_title="x", y_title="y", reading="Five.").data
    assert len({trace["line"]["dash"] for trace in data}) == len({trace["line"]["color"] for trace in data}) == 5


def test_a_curve_with_a_value_missing_is_named():
    with pytest.raises(ValueError, match="'a' has 2 values over 3 places"):
        show.lines([0, 1, 2], {"a": [1, 2]}, x_title="x", y_title="y", reading="Short.")


def test_the_queue_is_drawn_change_by_change_when_changes_are_few():
    picture = show.queue_over_time(([0.0, 60.0, 90.0], [0, 2, 1]))
    assert (picture.data[0]["x"], picture.data[0]["y"]) == ([0, 1, 1.5], [0, 2, 1])
    assert picture.reading == "The line is longest after 1 minutes: 2 customers."


def test_a_queue_of_many_changes_is_drawn_by_minutes_and_keeps_its_longest():
    moments = [index / 10 for index in range(40_000)]
    drawn = show.queue_over_time((moments, [index % 7 for index in range(39_999)] + [50])).data[0]
    assert len(drawn["x"]) <= 302
    assert drawn["x"][:3] == [0, 1, 2]
    assert (drawn["y"][0], max(drawn["y"])) == (6, 50)


def test_a_drawn_day_is_as_long_at_its_longest_as_the_day_was(friday):
    assert max(show.queue_over_time(friday).data[0]["y"]) == max(friday.queue_over_time()[1])


def test_two_days_lie_over_each_other(friday):
    other = run_store(Poisson(per_hour=55), Exponential(120), tills=2, line="per till", until=hours(4), seed=3)
    picture = show.queue_over_time({"one line": friday, "a line per till": other})
    assert [trace["name"] for trace in picture.data] == ["one line", "a line per till"]
    assert len(picture.data[0]["x"]) == len(picture.data[0]["y"]) == len(picture.data[1]["y"])


def test_an_empty_day_is_refused_in_words():
    with pytest.raises(ValueError, match="the day is empty"):
        show.queue_over_time(([], []))


def test_designs_are_compared_with_their_intervals():
    picture = show.compare_designs({"one line": Interval(3, 3.5, 4), "guess": 2}, title="mean wait in minutes")
    assert picture.reading == "Mean wait in minutes: one line 3.5 (3 to 4); guess 2."
    assert picture.data[0]["error_x"]["array"] == [0.5, 0]


def test_source_is_shown_as_it_stands_in_the_library():
    shown = show.show_source(show.slider)._repr_mimebundle_()["text/markdown"]
    assert shown.startswith("`letitcrash.show.controls, line ")
    assert "```python\ndef slider(" in shown


@pytest.mark.parametrize("thing", [len, 3, "text"])
def test_what_has_no_source_is_refused(thing):
    with pytest.raises(TypeError, match="has no Python source"):
        show.show_source(thing)
