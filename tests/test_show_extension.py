"""The Sphinx extension: which pages load what, what is set aside, and what is too heavy."""

import json
import logging
import re
import sys
from pathlib import Path

import pytest

from letitcrash.show import explore, slider, waiting_curve, widget_output

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "book" / "_ext"))
import figures


class App:
    """The part of Sphinx that the extension uses."""

    def __init__(self, outdir):
        self.outdir, self.loaded = outdir, []

    def add_css_file(self, name):
        self.loaded.append(name)

    def add_js_file(self, name, loading_method):
        self.loaded.append(name)


@pytest.fixture
def app(tmp_path):
    return App(tmp_path)


@pytest.fixture
def card(monkeypatch):
    """The HTML of an explorable with this many positions."""
    monkeypatch.setenv(widget_output.STATIC, "1")

    def card(stops):
        curve = lambda load: waiting_curve(lambda r: r / (1 - r) + load, at=load)
        return explore(curve, title="The knee", load=slider(stops=stops))._repr_mimebundle_()["text/html"]

    return card


def page(app, body):
    context = {"body": body}
    figures.load_where_needed(app, "chapter", "page.html", context, None)
    return context["body"]


def test_only_a_page_with_a_picture_loads_the_script(app, card):
    page(app, "<p>No picture.</p>")
    page(app, None)
    assert app.loaded == []
    page(app, card([0.5, 0.9]))
    assert app.loaded == ["letitcrash/show.css", "letitcrash/show.js"]


def test_a_page_with_a_player_loads_the_players_files_too(app):
    page(app, '<div class="lic lic-player" role="group" data-lic="player"></div>')
    assert "letitcrash/player.js" in app.loaded


def test_every_file_that_a_page_loads_is_laid_out(app):
    figures.lay_out_files(app)
    page(app, '<div class="lic lic-player" role="group" data-lic="player"></div>')
    assert all((Path(app.outdir) / "_static" / name).stat().st_size > 1000 for name in app.loaded)


def test_few_states_stay_in_the_page_and_many_are_set_aside(app, card):
    few = card([0.5, 0.9])
    assert page(app, few) == few
    many = card([index / 40 for index in range(4, 39)])
    aside = page(app, many)
    assert len(aside) < len(many) / 5
    spec = json.loads(re.search(r'class="lic-data">(.*?)</script>', aside, re.DOTALL)[1])
    assert spec["first"]["reading"].startswith("At load 0.525:")
    script = (Path(app.outdir) / "_static" / "letitcrash" / "states" / f"{spec['file']}.js").read_text("utf-8")
    name, states = re.fullmatch(r'letitcrash\.states\["(\w+)"\]=(.*);\n', script).groups()
    assert name == spec["file"]
    assert len(json.loads(states)["states"]) == 35


def test_equal_pages_give_equal_files(app, card):
    many = card([index / 40 for index in range(4, 39)])
    assert page(app, many) == page(app, many)
    assert len(list((Path(app.outdir) / "_static" / "letitcrash" / "states").iterdir())) == 1


def test_a_picture_that_is_too_heavy_is_named(app, caplog):
    opening = '<div class="lic lic-explore" role="group" aria-label="The knee" data-lic="explore" data-gzipped="{}">'
    with caplog.at_level(logging.WARNING):
        page(app, opening.format(149_000))
        assert caplog.text == ""
        page(app, opening.format(151_000))
    assert "'The knee' weighs 151 kB gzipped, more than 150" in caplog.text


def test_any_plotly_figure_of_a_notebook_becomes_our_picture():
    class Data:
        mime_type = "application/vnd.plotly.v1+json"
        content = {"data": [{"y": [1, 2]}], "layout": {"title": {"text": "Two bars"}, "template": {"data": {}}}}  # noqa: RUF012

    (node,) = figures.PlotlyFigures.handle_mime(None, Data(), False)
    assert 'data-lic="figure"' in node.astext()
    assert "Two bars" in node.astext()
    assert "template" not in node.astext()


def test_other_outputs_are_left_to_others():
    class Data:
        mime_type = "text/html"
        content = "<p>"

    assert figures.PlotlyFigures.handle_mime(None, Data(), False) is None
