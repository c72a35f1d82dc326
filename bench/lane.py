"""The browser lane in headless Chromium: from the page of a lab shown to its first result, cold and warm."""

import atexit
import functools
import threading
import time

import serve

from bench.browser import browser
from bench.harness import Claim, Race

LAB = "lite/notebooks/index.html?path=labs/01_the_till_and_the_queue/lab.ipynb"
COLD, WARM = 15.0, 6.0  # seconds to a first result
PATIENCE = 180_000  # milliseconds
FIRST_RESULT = """() => {
    const app = globalThis.jupyterapp, panel = app?.shell.currentWidget;
    const cells = panel?.context?.isReady ? panel.content.widgets : [];
    const first = cells.findIndex((cell) => cell.model.type === "code");
    if (first < 0) return false;
    if (!globalThis.asked) {  // forgotten when the page starts anew, as it does with its first service worker
        globalThis.asked = true;
        panel.content.activeCellIndex = first;
        panel.context.sessionContext.ready.then(() => app.commands.execute("notebook:run-cell"));
    }
    return cells[first].model.executionCount;
}"""


@functools.cache
def site() -> str:
    """The address of the site as it was built last."""
    server = serve.server(serve.SITE, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    atexit.register(server.shutdown)
    return f"http://localhost:{server.server_address[1]}/"


def to_first_result(context) -> float:
    """Seconds from the click to the first cell's result."""
    page = context.new_page()
    began = time.perf_counter()
    page.goto(site() + LAB)
    page.wait_for_function(FIRST_RESULT, timeout=PATIENCE)
    took = time.perf_counter() - began
    page.close()
    return took


def cold(_: int) -> float:
    """A browser that has never been here."""
    context = browser().new_context()
    took = to_first_result(context)
    context.close()
    return took


@functools.cache
def been_here():
    """A browser that has."""
    context = browser().new_context()
    to_first_result(context)
    return context


def races() -> list[Race]:
    """Cold and warm against what a learner waits for."""
    variants = {
        "cold": (1, cold),
        "15 s": (1, lambda _: COLD),
        "warm": (1, lambda _: to_first_result(been_here())),
        "6 s": (1, lambda _: WARM),
    }
    claims = [
        Claim("browser lane: first result, cold", "cold", "15 s", at_most=1),
        Claim("browser lane: first result, warm", "warm", "6 s", at_most=1),
    ]
    return [Race("s", variants, claims, ("playwright", "jupyterlite-core"))]
