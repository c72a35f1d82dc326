"""Pictures in a browser: a small book built by the extension, and the widget with a kernel that the test plays."""

import base64
import json
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
import serve
import vendor
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from letitcrash.show import bundle, lives

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = 360, 1280

CELLS = [
    """
from letitcrash.show import *

def waiting(load, variability=1.0):
    if load >= 1:
        raise ValueError(f"at load {load:g} the queue grows without end")
    return waiting_curve(lambda r: r / (1 - r) * (1 + variability) / 2, at=load)
""",
    """
explore(waiting, title="The knee", load=slider(.1, .99, start=.8), variability=slider(0, 4, .5, start=1),
        bet=bet("How long is the wait at .95?", number(0, 60, "service times"), truth=19,
                at={"load": .95, "variability": 1}, why="It is `load / (1 - load)`."))
""",
    """
def design(load, one_line, food):
    trace = {"type": "bar", "name": "wait", "x": ["one line", food], "y": [load, 2 * load if one_line else load]}
    return Figure([trace], reading=f"{food}, load {load:g}, {'one line' if one_line else 'a line per till'}")

explore(design, title="Two designs", load=slider(.1, .9, .1), one_line=toggle(), food=choice("eggs", "milk"))
""",
    'explore(waiting, title="Over the edge", load=slider(.5, 1.5, .25, start=.75))',
    'waiting_curve(lambda r: r / (1 - r), at=.9)',
    """
bet("Draw the wait.", curve([i / 10 for i in range(10)], 0, 10, x_title="load", y_title="service times"),
    truth=lambda r: r / (1 - r))
""",
    'bet("Which line is faster?", choice("one line", "a line per till"), truth="one line")',
    """
quiz(question("What is .5 / (1 - .5)?", ["one", "two"], right="one", because="`.5 / .5` is one."),
     question("Which is an egg?", ["a stone", "an egg", "a till"], right="an egg", because="It is *an egg*."))
""",
    """
def wave(pitch):
    return lines(range(60), {"wave": [(i * i * pitch) % 97 for i in range(60)]}, x_title="x", y_title="y",
                 reading=f"Pitch {pitch}.")

explore(wave, title="Far down", pitch=slider(1, 80))
""",
]  # fmt: skip
CONF = f"""
import sys
sys.path[:0] = [{str(ROOT / "book" / "_ext")!r}]
project = "Tiny"
extensions = ["myst_nb", "figures"]
html_theme = "basic"
html_theme_options = {{"nosidebar": True, "body_min_width": 0}}
html_extra_path = [{str(ROOT / "_build" / "vendor" / "site")!r}]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
suppress_warnings = ["config.cache"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A page with every kind of picture, a page with none, built as the book is, warnings as errors."""
    vendor.fetch()
    source, target = tmp_path_factory.mktemp("book"), tmp_path_factory.mktemp("site")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Pictures"), *map(nbformat.v4.new_code_cell, map(str.strip, CELLS))],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, source / "pictures.ipynb")
    (source / "index.md").write_text("# Tiny\n\n```{toctree}\npictures\n```\n")
    (source / "conf.py").write_text(CONF)
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", source, target]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="module")
def site(folder):
    """The small book's address instead of the big one's, for `open_page`."""
    server = serve.server(folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def pictures(open_page):
    """`pictures(dark=True, width=360)`: the page with the pictures, which must have had nothing to complain about."""
    opened = []

    def open_it(**options):
        page = open_page("pictures.html", **options)
        page.set_default_timeout(15_000)
        opened.append(page)
        return page

    yield open_it
    for page in opened:
        assert page.complaints.all() == []


def card(page, title):
    return page.locator(f'.lic[aria-label="{title}"]')


def drawn(picture):
    picture.scroll_into_view_if_needed()
    picture.locator(".lic-plot .main-svg").first.wait_for()
    return picture


def heights(picture):
    """The paths of the picture's traces: what the reader sees of the data."""
    return picture.locator(".lic-plot .trace path, .lic-plot .point path").evaluate_all(
        "paths => paths.map(path => path.getAttribute('d'))"
    )


def reads(picture, text):
    picture.locator(".lic-reading").filter(has_text=text).wait_for()
    return True


# a page without a kernel


def test_every_picture_is_drawn_without_a_kernel(pictures):
    page = pictures()
    for title in ("Two designs", "Over the edge", "At load 0.9: the wait is 9."):
        assert heights(drawn(card(page, title))), title


def test_the_upright_axis_is_named_above_the_picture(pictures):
    edge = drawn(card(pictures(width=PHONE), "Over the edge"))
    assert edge.locator(".lic-axis").text_content() == "mean wait, in service times"
    assert edge.locator(".ytitle").count() == 0


def test_a_slider_moved_with_the_keyboard_changes_picture_reading_and_value(pictures):
    designs = drawn(card(pictures(), "Two designs"))
    before = heights(designs)
    slide = designs.get_by_role("slider", name="load", exact=True)
    slide.press("ArrowRight")
    assert reads(designs, "eggs, load 0.6, a line per till")
    assert slide.get_attribute("aria-valuetext") == designs.locator(".lic-value").text_content() == "0.6"
    designs.get_by_label("one line").press("Space")
    assert reads(designs, "eggs, load 0.6, one line")
    designs.get_by_label("milk").check()
    assert reads(designs, "milk, load 0.6, one line")
    assert heights(designs) != before


def test_a_screen_reader_is_told_once_the_slider_rests(pictures):
    designs = drawn(card(pictures(), "Two designs"))
    assert designs.locator("[role=status]").first.text_content() == ""
    for _ in range(3):
        designs.get_by_role("slider", name="load", exact=True).press("ArrowRight")
    designs.locator("[role=status]", has_text="eggs, load 0.8").wait_for(state="attached")


def test_a_state_without_a_picture_shows_its_sentence_and_the_others_go_on(pictures):
    edge = drawn(card(pictures(), "Over the edge"))
    slide = edge.get_by_role("slider", name="load", exact=True)
    for _ in range(2):
        slide.press("ArrowLeft")
    assert reads(edge, "At load 0.5: the wait is 1.")
    slide.press("End")
    assert reads(edge, "No picture at load 1.50: at load 1.5 the queue grows without end.")
    assert edge.locator(".lic-plot").is_hidden()
    slide.press("Home")
    assert reads(edge, "At load 0.5: the wait is 1.")
    assert edge.locator(".lic-plot").is_visible()


def test_the_numbers_stand_in_a_table(pictures):
    designs = drawn(card(pictures(), "Two designs"))
    designs.get_by_text("The numbers").click()
    expect(designs.locator("tbody tr")).to_have_text(["one line0.5", "eggs0.5"])
    designs.get_by_role("slider", name="load", exact=True).press("End")
    expect(designs.locator("tbody tr")).to_have_text(["one line0.9", "eggs0.9"])


def test_heavy_states_are_fetched_when_the_reader_comes_near_and_not_before(pictures, folder):
    page = pictures(height=400)
    files = list((folder / "_static" / "letitcrash" / "states").glob("*.js"))
    asked = "() => performance.getEntriesByType('resource').filter(e => e.name.includes('/states/')).length"
    page.wait_for_load_state("networkidle")
    first = page.evaluate(asked)
    far = drawn(card(page, "Far down"))
    far.get_by_role("slider").press("End")
    assert reads(far, "Pitch 80.")
    assert (first, page.evaluate(asked)) == (1, len(files)) == (1, 2)


def test_a_page_without_a_picture_loads_nothing(open_page):
    page = open_page("index.html")
    assert page.evaluate("() => !globalThis.letitcrash && !document.querySelector('[src*=letitcrash]')")


def test_a_page_opened_from_a_file_works(browser, folder):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto((folder / "pictures.html").as_uri())
    knee = card(page, "The knee")
    knee.get_by_role("button", name="Show me without one").click()
    drawn(knee).get_by_role("slider", name="variability", exact=True).press("Home")
    assert reads(knee, "At load 0.95: the wait is 9.5.")
    assert said == []
    page.close()


def test_without_the_picture_library_the_reading_stands_alone(open_page):
    page = open_page("index.html")
    page.route("**/vendor/**", lambda route: route.abort())
    page.goto(page.url.replace("index", "pictures"))
    designs = card(page, "Two designs")
    designs.scroll_into_view_if_needed()
    page.locator(".lic-undrawn").first.wait_for()
    designs.get_by_role("slider", name="load", exact=True).press("ArrowRight")
    assert reads(designs, "load 0.6")


# bets


def test_a_bet_comes_before_the_result_and_is_laid_over_it(pictures):
    knee = card(pictures(), "The knee")
    knee.scroll_into_view_if_needed()
    assert knee.locator(".lic-curtain").is_visible()
    assert knee.locator(".lic-reading").is_hidden()
    knee.get_by_label("service times").fill("9")
    knee.get_by_role("button", name="Place the bet").click()
    said = "You said 9 service times. It came out at 19 service times: you were 10 service times too low."
    assert knee.locator(".lic-outcome").text_content() == said
    assert knee.locator(".lic-why code").text_content() == "load / (1 - load)"
    assert reads(drawn(knee), "At load 0.95: the wait is 19.")
    assert knee.locator(".lic-plot .annotation-text").all_text_contents() == [
        "your bet: 9 service times",
        "came out: 19 service times",
    ]
    knee.get_by_role("slider", name="load", exact=True).press("Home")
    reads(knee, "At load 0.1")
    assert knee.locator(".lic-plot .annotation-text").count() == 0, "the bet was about another load"


def test_a_bet_is_kept_over_a_reload_and_can_be_taken_back(pictures):
    page = pictures()
    knee = card(page, "The knee")
    knee.get_by_label("service times").fill("19")
    knee.get_by_label("service times").press("Enter")
    page.reload()
    assert "You said 19 service times." in knee.locator(".lic-outcome").text_content()
    assert "as good as exact" in knee.locator(".lic-outcome").text_content()
    knee.get_by_role("button", name="Bet again").click()
    assert knee.locator(".lic-curtain").is_visible()
    page.reload()
    assert knee.locator(".lic-curtain").is_visible()


@pytest.mark.parametrize("entry", ["", "61", "-1"])
def test_an_answer_that_is_none_is_refused_in_words(pictures, entry):
    knee = card(pictures(), "The knee")
    knee.get_by_label("service times").fill(entry)
    knee.get_by_role("button", name="Place the bet").click()
    assert knee.get_by_role("alert").text_content() == "Bet a number from 0 to 60."
    assert knee.locator(".lic-curtain").is_visible()


@pytest.mark.parametrize("damage", ["{", "99", '"nine"', "null", "[1,2]"])
def test_a_damaged_keepsake_counts_as_none(pictures, damage):
    page = pictures()
    knee = card(page, "The knee")
    knee.get_by_label("service times").fill("9")
    knee.get_by_role("button", name="Place the bet").click()
    page.evaluate("damage => { for (const key of Object.keys(localStorage)) localStorage[key] = damage; }", damage)
    page.reload()
    assert knee.locator(".lic-curtain").is_visible()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("new DOMException('full', 'QuotaExceededError')", "This browser's storage is full"),
        ("new DOMException('no', 'SecurityError')", "This browser keeps nothing here"),
    ],
)
def test_a_browser_that_keeps_nothing_says_so(pictures, fault, words):
    page = pictures()
    page.evaluate(f"() => {{ Storage.prototype.setItem = () => {{ throw {fault}; }}; }}")
    faster = card(page, "Which line is faster?")
    faster.get_by_label("a line per till").check()
    faster.get_by_role("button", name="Place the bet").click()
    outcome = faster.locator(".lic-outcome").text_content()
    assert outcome.startswith("You said: a line per till. It came out as: one line.")
    assert words in outcome


def test_a_curve_is_drawn_with_the_keyboard_alone(pictures):
    drawing = card(pictures(), "Draw the wait.")
    go = drawing.get_by_role("button", name="Place the bet")
    go.press("Enter")
    assert drawing.get_by_role("alert").text_content() == "Draw the curve first: at two places at least."
    place, height = drawing.get_by_role("slider").all()
    height.press("Home")
    place.press("End")
    height.press("End")
    assert place.get_attribute("aria-valuetext") == "load 0.9"
    assert height.get_attribute("aria-valuetext") == "10 service times"
    go.press("Enter")
    said = "Your curve is off by 3.1 on average, and most at load 0.7: 5.44 too high."
    assert drawing.locator(".lic-outcome").text_content() == said
    drawn(drawing)
    assert drawing.locator(".legendtext").all_text_contents() == ["came out", "your bet"]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_curve_is_drawn_with_the_pointer_and_kept(pictures, width):
    page = pictures(width=width)
    drawing = card(page, "Draw the wait.")
    paper = drawing.locator(".lic-paper")
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    left, right = box["x"] + 46, box["x"] + box["width"] - 12  # the edges of the paper, see sketch.js
    page.mouse.move(left, box["y"] + box["height"] - 40)
    page.mouse.down()
    page.mouse.move(right, box["y"] + 26, steps=12)
    page.mouse.up()
    drawing.get_by_role("button", name="Place the bet").click()
    kept = page.evaluate("() => JSON.parse(Object.values(localStorage)[0])")
    assert kept == pytest.approx([index * 10 / 9 for index in range(10)], abs=0.7)
    outcome = drawing.locator(".lic-outcome").text_content()
    page.reload()
    assert drawing.locator(".lic-outcome").text_content() == outcome


# closing questions


def test_a_quiz_marks_explains_keeps_and_starts_again(pictures):
    page = pictures()
    closing = card(page, "Closing questions")
    first, second = closing.locator("form").all()
    first.get_by_role("button").click()
    assert first.locator(".lic-mark").text_content() == "Choose an answer first."
    first.get_by_label("two").check()
    first.get_by_role("button").click()
    assert first.locator(".lic-mark").text_content() == "✗ No. The answer is: one."
    assert first.locator(".lic-because").is_visible()
    assert second.locator(".lic-because").is_hidden()
    second.get_by_label("an egg").check()
    second.get_by_label("an egg").press("Enter")
    assert closing.locator(".lic-score").text_content().strip() == "1 of 2 right."
    page.reload()
    assert closing.locator(".lic-score").text_content().strip() == "1 of 2 right."
    closing.get_by_role("button", name="Start again").click()
    assert closing.locator(".lic-because:visible").count() == 0
    page.reload()
    assert closing.locator(".lic-score").text_content() == ""


# everybody's page


def test_the_keyboard_reaches_everything(pictures):
    page = pictures()
    names = []
    for _ in range(60):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate(
                """() => {
                    const here = document.activeElement;
                    return here.closest(".lic") && `${here.type ?? here.localName} ${
                        here.labels?.[0]?.innerText ?? here.innerText}`.trim();
                }"""
            )
        )
    reached = [name for name in names if name]
    for expected in (
        "number service times", "submit Place the bet", "button Show me without one", "range load", "checkbox one line",
        "radio eggs", "summary The numbers", "range Place: load 0", "submit Check",
    ):  # fmt: skip
        assert expected in reached, reached


TOO_WIDE = """() => [...document.querySelectorAll(".lic, .lic *")]
    .filter((node) => !node.closest(".lic-plot, .lic-rows, .lic-status, .lic-reading, .lic-slider input, .lic-scale *"))
    .filter((node) => node.getBoundingClientRect().right > innerWidth || node.scrollWidth > node.clientWidth + 1 &&
        getComputedStyle(node).display !== "inline" && !["INPUT", "SELECT", "svg"].includes(node.nodeName))
    .map((node) => node.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pictures_have_no_serious_fault_and_fit(pictures, dark, width):
    page = pictures(dark=dark, width=width)
    if dark:
        page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    page.evaluate("() => letitcrash.drawAll()")
    for answered in (False, True):
        if answered:
            for skip in page.locator(".lic-skip").all():
                skip.click()
            card(page, "Over the edge").get_by_role("slider", name="load", exact=True).press("End")
            for summary in page.locator("summary").all():
                summary.click()
        found = Axe().run(page, context=".lic").response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
        assert page.evaluate(TOO_WIDE) == []


def test_nothing_jumps_while_pictures_come_and_change(pictures):
    page = pictures()
    page.evaluate("""() => { globalThis.shift = 0;
        new PerformanceObserver(list => { for (const entry of list.getEntries()) shift += entry.value; })
            .observe({ type: "layout-shift", buffered: true }); }""")
    designs = drawn(card(page, "Two designs"))
    top = designs.locator(".lic-table").bounding_box()["y"] - designs.bounding_box()["y"]
    for _ in range(4):
        designs.get_by_role("slider", name="load", exact=True).press("ArrowRight")
    reads(designs, "load 0.9")
    assert designs.locator(".lic-table").bounding_box()["y"] - designs.bounding_box()["y"] == top
    assert page.evaluate("() => shift") < 0.01


def stroke(picture):
    return picture.locator(".lic-plot .js-line").first.evaluate("line => getComputedStyle(line).stroke")


def test_a_picture_follows_the_theme_and_is_light_on_paper(pictures):
    page = pictures()
    edge = drawn(card(page, "Over the edge"))
    light = stroke(edge)
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    page.wait_for_function("light => getComputedStyle(document.querySelector('.js-line')).stroke !== light", arg=light)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert stroke(edge) == light
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert stroke(edge) != light


def test_paper_shows_every_picture_and_no_curtain(pictures, tmp_path):
    page = pictures()
    page.evaluate("() => letitcrash.drawAll()")
    page.emulate_media(media="print")
    assert page.locator(".lic-curtain:visible").count() == 0
    for plot in page.locator(".lic-plot").all():
        assert plot.is_visible()
        assert plot.locator(".main-svg").count() > 0
    assert page.locator("button:visible").count() == 0


def test_nothing_moves_for_readers_who_want_no_motion(pictures):
    page = pictures(reduced_motion="reduce")
    moving = page.evaluate("""() => [...document.querySelectorAll(".lic *")]
        .filter(node => getComputedStyle(node).transitionDuration !== "0s").length""")
    assert moving == 0


# a notebook, its kernel played by the test

HARNESS = """
async ([code, style, shell, spec, delay]) => {
    const sheet = document.createElement("style");
    sheet.textContent = style;
    document.head.append(sheet);
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const widget = (await import(url)).default;
    const heard = [];
    globalThis.sent = [];
    const model = {
        get: (name) => ({ shell, spec })[name],
        on: (_, callback) => heard.push(callback),
        off: (_, callback) => heard.splice(heard.indexOf(callback), 1),
        send(message) {
            sent.push(message);
            const answer = (content, buffers = []) =>
                heard.forEach((callback) => callback({ number: message.number, ...content }, buffers));
            if (message.kind === "plotly") kernelPlotly().then(([content, text]) => {
                const bytes = text ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)) : null;
                answer(content, bytes ? [new DataView(bytes.buffer)] : []);
            });
            if (message.kind === "state") setTimeout(() => answer({ state: {
                data: [{ x: [0, 1], y: [0, message.positions[0]], type: "scatter" }], layout: {},
                reading: `state ${message.positions[0]}`,
            } }), delay);
        },
    };
    const el = document.createElement("div");
    document.body.append(el);
    globalThis.leave = widget.render({ model, el });
}
"""


LITE = '<!doctype html><html lang="en"><script id="jupyter-config-data" data-jupyter-lite-root=".."></script></html>'


@pytest.fixture
def notebook(browser, monkeypatch):
    """`notebook(shown, delay=ms)`: the widget of `shown` in an empty page; the test's kernel answers after `delay`."""
    monkeypatch.delenv(lives.STATIC, raising=False)
    pages = []

    def open_it(shown, delay=0, plotly=None, address="data:text/html,<!doctype html><html lang=en><title>N</title>"):
        from ipywidgets.widgets.widget import _instances

        made = shown._repr_mimebundle_()
        widget = _instances[made["application/vnd.jupyter.widget-view+json"]["model_id"]]
        page = browser.new_page()
        pages.append(page)
        page.set_default_timeout(15_000)
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.said.append(str(error)))
        whole = [{}, base64.b64encode(bundle.plotly_zipped()).decode()]
        page.expose_function("kernelPlotly", lambda: plotly or whole)
        page.route("**/lite/**", lambda route: route.fulfill(body=LITE, content_type="text/html"))
        page.goto(address)
        spec = json.loads(json.dumps(widget.spec))
        page.evaluate(HARNESS, [widget._esm, widget._css, widget.shell, spec, delay])
        return page

    yield open_it
    for page in pages:
        page.close()


def still(n):
    from letitcrash.show import Figure

    return Figure([{"x": [0, 1], "y": [0, n], "type": "scatter"}], reading=f"state {n}")


def test_a_notebook_draws_with_the_plotly_that_the_kernel_sends(notebook):
    from letitcrash.show import explore, slider

    page = notebook(explore(still, title="Live", n=slider(0, 20)))
    live = drawn(card(page, "Live"))
    live.get_by_role("slider", name="n", exact=True).press("ArrowRight")
    assert reads(live, "state 11")
    assert [message["kind"] for message in page.evaluate("() => sent")] == ["plotly", "state"]
    assert page.said == []


def test_in_the_browser_lane_the_books_own_plotly_is_taken(notebook, site):
    from letitcrash.show import explore, slider

    page = notebook(explore(still, title="Live", n=slider(0, 20)), address=f"{site}lite/notebooks/index.html?path=x")
    drawn(card(page, "Live"))
    names = page.evaluate("() => performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert f"{site}vendor/plotly-basic.min.js" in names
    assert page.evaluate("() => sent") == []


def test_positions_passed_on_the_way_are_never_asked_of_the_kernel(notebook):
    from letitcrash.show import explore, slider

    page = notebook(explore(still, title="Live", n=slider(0, 20)), delay=400)
    live = drawn(card(page, "Live"))
    for _ in range(8):
        live.get_by_role("slider", name="n", exact=True).press("ArrowRight")
    assert reads(live, "state 18")
    asked = [message["positions"][0] for message in page.evaluate("() => sent") if message["kind"] == "state"]
    assert asked[0] == 11
    assert asked[-1] == 18
    assert len(asked) <= 4, asked


def test_a_slow_kernel_is_seen_to_compute(notebook):
    from letitcrash.show import explore, slider

    page = notebook(explore(still, title="Live", n=slider(0, 20)), delay=1500)
    live = drawn(card(page, "Live"))
    live.get_by_role("slider", name="n", exact=True).press("ArrowRight")
    page.locator(".lic-waiting").wait_for()
    assert reads(live, "state 11")
    assert page.locator(".lic-waiting").count() == 0


def test_the_kernel_hears_of_a_bet(notebook):
    from letitcrash.show import bet, explore, number, slider

    page = notebook(explore(still, title="Live", n=slider(0, 20), bet=bet("How many?", number(0, 9), truth=4)))
    live = card(page, "Live")
    live.get_by_label("your number").fill("5")
    live.get_by_role("button", name="Place the bet").click()
    assert {"kind": "bet", "answer": 5} in page.evaluate("() => sent")
    assert "This browser keeps nothing here" in live.locator(".lic-outcome").text_content(), (
        "data: pages have no storage"
    )


def test_a_kernel_without_plotly_leaves_the_reading(notebook):
    from letitcrash.show import explore, slider

    page = notebook(
        explore(still, title="Live", n=slider(0, 20)), plotly=[{"problem": "plotly is not installed"}, None]
    )
    page.locator(".lic-undrawn").wait_for()
    assert reads(card(page, "Live"), "state 10")


def test_a_widget_that_is_taken_away_leaves_nothing_behind(notebook):
    from letitcrash.show import explore, slider

    page = notebook(explore(still, title="Live", n=slider(0, 20)))
    drawn(card(page, "Live"))
    page.evaluate(
        "() => { leave(); document.querySelector('.lic').remove(); dispatchEvent(new Event('beforeprint')); }"
    )
    assert page.said == []
