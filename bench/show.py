"""Explorables: milliseconds from a slider's move to the new picture, and kilobytes until the first one can move.

The moves are made in headless Chromium. In a notebook the question goes to this process and the answer comes back, as
a kernel's would but for Jupyter's own message queues; on a page all states are there already. Goals are those of the
reader: 100 ms from slider to picture, wherever it is computed.
"""

import atexit
import base64
import functools
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import chromium

from bench.browser import browser
from bench.harness import Claim, Race
from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.show import bundle, explore, queue_over_time, slider, waiting_curve, widget_output
from letitcrash.world import hours

BUDGET_MS = 100.0
MOVES = 20

START = """([code, style, shell, spec]) => {
    document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
    const heard = [];
    const model = {
        get: (name) => ({ shell, spec })[name],
        on: (_, callback) => heard.push(callback),
        off: () => {},
        async send(message) {
            const [content, packed] = await kernel(message);
            const bytes = packed && Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
            for (const callback of heard) callback({ ...content, number: message.number }, bytes ? [bytes] : []);
        },
    };
    return import(URL.createObjectURL(new Blob([code], { type: "text/javascript" }))).then((widget) => {
        const el = document.body.appendChild(document.createElement("div"));
        widget.default.render({ model, el });
    });
}"""
MOVE = """async (moves) => {
    const slide = document.querySelector(".lic input[type=range]");
    const plot = document.querySelector(".lic-plot");
    const began = performance.now();
    for (let move = 0; move < moves; move += 1) {
        const drawn = new Promise((done) => plot.once("plotly_afterplot", done));
        slide.value = Number(slide.value) === Number(slide.max) ? 0 : Number(slide.value) + 1;
        slide.dispatchEvent(new Event("input", { bubbles: true }));
        await drawn;
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    }
    return (performance.now() - began) / moves;
}"""


def from_a_formula() -> Any:
    """A curve of 97 loads with one of them marked."""
    return explore(lambda load: waiting_curve(lambda r: r / (1 - r), at=load), load=slider(0.1, 0.99))


def from_a_run() -> Any:
    """Eight hours in the store, 500 to 800 customers, simulated anew at each move."""

    def day(per_hour: float) -> Any:
        run = run_store(Poisson(per_hour=per_hour), Exponential(120), tills=4, until=hours(8), seed=1)
        return queue_over_time(run, top=40)

    return explore(day, per_hour=slider(60, 100, 1))


@functools.cache
def in_a_notebook(make: Any) -> Any:
    """A page with the widget, its questions answered by this process."""
    shown = make()
    from ipywidgets.widgets.widget import _instances

    made = shown._repr_mimebundle_()
    widget = _instances[made["application/vnd.jupyter.widget-view+json"]["model_id"]]

    def kernel(message: dict[str, Any]) -> list[Any]:
        if message["kind"] == "plotly":
            return [{}, base64.b64encode(bundle.plotly_zipped()).decode()]
        return [{"state": widget.on_message(message)}, None]

    page = browser().new_context().new_page()
    page.expose_function("kernel", kernel)
    page.evaluate(START, [widget._esm, widget._css, widget.shell, json.loads(json.dumps(widget.spec))])
    page.wait_for_selector(".main-svg")
    return page


@functools.cache
def on_a_page(make: Any) -> Any:
    """A static page from a file, with plotly's own script in the place of the site's."""
    import gzip

    os.environ[widget_output.STATIC] = "1"
    card = make()._repr_mimebundle_()["text/html"]
    del os.environ[widget_output.STATIC]
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name, text in (
        ("vendor/plotly-basic.min.js", gzip.decompress(bundle.plotly_zipped()).decode()),
        ("_static/letitcrash/show.js", bundle.script()),
        ("index.html", f'{card}<style>{bundle.style()}</style><script src="_static/letitcrash/show.js"></script>'),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    page = browser().new_context().new_page()
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector(".main-svg")
    return page


def moved(place: Any, make: Any) -> Any:
    """A variant: so many moves of the slider, in milliseconds each."""
    return MOVES, lambda moves: float(place(make).evaluate(MOVE, moves))


def opening(_: int) -> float:
    """Kilobytes that our widget sends when it opens, plotly not counted: it goes once a page."""
    from ipywidgets.widgets.widget import _instances

    made = from_a_formula()._repr_mimebundle_()
    state = _instances[made["application/vnd.jupyter.widget-view+json"]["model_id"]].get_state()
    return len(json.dumps(state, default=str)) / 1000


def opening_a_figure_widget(_: int) -> float:
    """Kilobytes that plotly's FigureWidget sends for the same curve, each time."""
    import plotly.graph_objects as go

    figure = from_a_formula().figure()
    state = go.FigureWidget(figure.data, figure.layout).get_state()
    return len(json.dumps(state, default=str)) / 1000


def races() -> list[Race]:
    """The cost of opening, and, where there is a Chromium, of moving."""
    widgets = Race(
        "kB",
        {"explore": (1, opening), "FigureWidget": (1, opening_a_figure_widget)},
        [Claim("an explorable opens, against FigureWidget", "explore", "FigureWidget", at_least=50)],
        ("plotly", "anywidget"),
    )
    if chromium.path() is None:
        return [widgets]
    variants = {"budget": (1, lambda _: BUDGET_MS)}
    variants |= {
        "formula, notebook": moved(in_a_notebook, from_a_formula),
        "run, notebook": moved(in_a_notebook, from_a_run),
        "formula, page": moved(on_a_page, from_a_formula),
        "run, page": moved(on_a_page, from_a_run),
    }
    claims = [Claim(f"slider to picture: {name}", name, "budget", at_most=1) for name in variants if name != "budget"]
    return [widgets, Race("ms", variants, claims, ("plotly",))]
