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
from access import violations
from playwright.sync_api import expect

from letitcrash.show import bundle, widget_output

ROOT = Path(__file__).resolve().parents[2]
PHONE, DESK = 360, 1280
A4 = 718  # pixels between the margins

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
    "waiting_curve(lambda r: r / (1 - r), at=.9)",
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
    "from letitcrash.show.chapter01 import friday\n\nfriday.to_touch()",
    "from letitcrash.show.chapter03 import ties\n\nties.to_touch()",
    "from letitcrash.show.chapter04 import order\n\norder.to_touch()",
    "from letitcrash.show.chapter05 import patience\n\npatience.to_touch()",
]
AFTER = {  # the text that follows a cell
    1: "Nineteen, since the last twentieth is all that is idle.\n\nAnother nineteen.",
    6: "One line is faster.\n\n## A heading ends what is veiled\n\nPlain words.",
}  # fmt: skip
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
    cells = [nbformat.v4.new_markdown_cell("# Pictures")]
    for number, code in enumerate(CELLS):
        cells.append(nbformat.v4.new_code_cell(code.strip()))
        if number in AFTER:
            cells.append(nbformat.v4.new_markdown_cell(AFTER[number]))
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
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


# the text after a bet

SEEN = "element => element.checkVisibility({ contentVisibilityAuto: true })"


def is_seen(page, words):
    return page.get_by_text(words, exact=True).evaluate(SEEN)


def skip(page, title):
    card(page, title).get_by_role("button", name="Show me without one").click()


def test_the_text_after_a_bet_opens_with_the_bet_and_only_with_its_own(pictures):
    page = pictures()
    assert not is_seen(page, "Another nineteen.") and not is_seen(page, "One line is faster.")
    assert is_seen(page, "Plain words.") and page.get_by_role("heading", name="A heading ends").is_visible()
    skip(page, "The knee")
    assert is_seen(page, "Another nineteen.") and not is_seen(page, "One line is faster.")
    card(page, "The knee").get_by_role("button", name="Bet again").click()
    assert not is_seen(page, "Another nineteen.")


def test_a_reader_who_does_not_bet_reads_on_and_is_led_to_the_text(pictures):
    page = pictures()
    page.get_by_role("button", name="Read on without one").first.click()
    assert is_seen(page, "Another nineteen.")
    assert "It came out at 19" in card(page, "The knee").locator(".lic-outcome").text_content()
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Nineteen")


def test_a_bet_that_was_placed_before_leaves_nothing_veiled(pictures):
    page = pictures()
    faster = card(page, "Which line is faster?")
    faster.get_by_label("a line per till").check()
    faster.get_by_role("button", name="Place the bet").click()
    page.reload()
    assert is_seen(page, "One line is faster.")
    assert not is_seen(page, "Another nineteen.")


def test_veiled_text_can_be_found_printed_and_read_without_scripts(pictures, browser, site):
    page = pictures()
    page.emulate_media(media="print")
    assert is_seen(page, "Another nineteen.") and is_seen(page, "One line is faster.")
    page.emulate_media(media="screen")
    assert not is_seen(page, "Another nineteen.")
    page.get_by_text("Another nineteen.").evaluate("element => { element.id = 'sought'; location.hash = 'sought'; }")
    page.wait_for_function(f"({SEEN})(document.getElementById('sought'))")
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site + "pictures.html")
    assert plain.get_by_text("Another nineteen.").is_visible()
    context.close()


NOTEBOOK = (
    "data:text/html,<!doctype html><html lang=en><title>N</title><div class='jp-Cell jp-CodeCell'></div>"
    "<div class='jp-Cell jp-MarkdownCell'><div class='jp-RenderedMarkdown'><p>Nineteen.</p><h2>Next</h2><p>More.</p>"
    "</div></div><div class='jp-Cell jp-MarkdownCell'><div class='jp-RenderedMarkdown'><p>Far.</p></div></div>"
)


def test_in_a_notebook_the_text_after_a_bet_waits_too(notebook):
    from letitcrash.show import bet, choice

    page = notebook(bet("How many?", choice("few", "many"), truth="many"), address=NOTEBOOK)
    assert not is_seen(page, "Nineteen.")
    assert is_seen(page, "More.") and is_seen(page, "Far.")
    skip(page, "How many?")
    assert is_seen(page, "Nineteen.")
    card(page, "How many?").get_by_role("button", name="Bet again").click()
    assert not is_seen(page, "Nineteen.")
    page.evaluate("() => leave()")
    assert is_seen(page, "Nineteen."), "the bet's output is gone, and nobody else could lift the veil"


# a store to watch and touch


def store(page):
    floor = page.locator('[data-lic="floor"]')
    floor.scroll_into_view_if_needed()
    return floor


def at_ten_past_five(floor):
    floor.get_by_role("slider").fill(str(5 * 60 + 10))
    return floor.locator(".lic-floor-reading").text_content()


def test_the_store_moves_by_itself_until_it_is_paused(pictures):
    page = pictures()
    floor = store(page)
    page.wait_for_function("document.querySelector('.lic-floor-time').textContent > '17:01'")
    floor.get_by_role("button", name="Pause").click()
    assert floor.get_by_role("button", name="Play").is_visible()
    assert floor.locator("circle").count() > 40


def test_the_store_says_what_the_library_says_and_another_till_shortens_the_line(pictures):
    from letitcrash.queueing import run_store
    from letitcrash.show.chapter01 import friday

    floor, day = store(pictures(reduced_motion="reduce")), friday.to_touch().day
    wait = lambda tills: friday.wait_at(run_store(day.arrived, day.served, tills=tills))
    assert f"waits {wait(5):.1f} minutes" in at_ten_past_five(floor)
    for till in (6, 7, 8):
        floor.get_by_role("slider").fill("0")
        floor.get_by_role("button", name=f"till {till}").press("Enter")
    assert "8 tills are open" in at_ten_past_five(floor) and f"waits {wait(8):.1f} minutes" in at_ten_past_five(floor)


def test_a_till_is_opened_with_the_keyboard_and_the_last_one_stays_open(pictures):
    floor = store(pictures(reduced_motion="reduce", width=PHONE))
    for till in range(1, 6):
        floor.get_by_role("button", name=f"till {till}").press("Space")
    pressed = floor.locator("[data-till][aria-pressed=true]")
    expect(pressed).to_have_count(1)
    expect(floor.get_by_role("status")).to_contain_text("One till stays open")


def test_a_visitor_who_walks_in_is_followed_to_the_till(pictures):
    floor = store(pictures(reduced_motion="reduce"))
    floor.get_by_role("button", name="Walk in now").click()
    assert floor.locator(".lic-you").count() == 1
    floor.get_by_role("slider").press("End")
    assert "You came at 17:00" in floor.locator(".lic-floor-reading").text_content()
    assert "went home" in floor.locator(".lic-floor-reading").text_content()


def test_eggs_that_are_dropped_close_the_whole_store(notebook):
    from letitcrash.show.chapter02 import eggs

    floor = notebook(eggs.to_touch()).locator('[data-lic="floor"]')
    floor.get_by_role("slider").fill("30")
    floor.get_by_role("button", name="Drop the eggs").click()
    reading = floor.locator(".lic-floor-reading")
    expect(reading).to_contain_text("09:30. The store is closed until 09:35, for one carton")
    floor.get_by_role("slider").fill("35")
    expect(reading).to_contain_text("09:35. 7 tills are open")


def test_nothing_falls_where_nobody_is_at_a_till(notebook):
    from letitcrash.queueing import run_store
    from letitcrash.show import open_store

    quiet = open_store(run_store([600], [60], tills=2), title="A quiet store", lost=300)
    floor = notebook(quiet).locator('[data-lic="floor"]')
    floor.get_by_role("slider").fill("5")
    floor.get_by_role("button", name="Drop the eggs").click()
    expect(floor.get_by_role("status")).to_contain_text("Nobody is at a till")


def test_a_reader_who_wants_no_motion_gets_a_still_and_steps_of_a_minute(pictures):
    floor = store(pictures(reduced_motion="reduce"))
    assert floor.locator(".lic-floor-time").text_content() == "17:00"
    floor.get_by_role("button", name="Play").click()
    expect(floor.locator(".lic-floor-time")).to_have_text("17:02")


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
    page.wait_for_function(f"({asked})() > 0")
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
    assert drawing.get_by_role("alert").text_content() == "Draw the curve first, at two places at least."
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


# scenes to drag


def scene(page, name):
    """The scene in which a piece has this name."""
    box = page.locator('[data-lic="scene"]').filter(has=page.get_by_role("slider", name=name))
    box.scroll_into_view_if_needed()
    return box


def piece(box, name):
    return box.get_by_role("slider", name=name, exact=True)


def middle(node):
    box = node.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def fates(box):
    return dict(
        zip(
            box.locator(".lic-scene-spot b").all_text_contents(),
            box.locator(".lic-scene-fate").all_text_contents(),
            strict=True,
        )
    )


def drag(page, what, x, y, let_go=True):
    page.mouse.move(*middle(what))
    page.mouse.down()
    page.mouse.move(x, y, steps=6)
    if let_go:
        page.mouse.up()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_label_that_is_dragged_crashes_another_clerk(pictures, width):
    page = pictures(width=width, reduced_motion="reduce")
    ties = scene(page, "first link, one end")
    assert fates(ties) == {"manager": "works on", "till": "works on", "drawer": "works on", "clerk": "1. ✗ crashes"}
    drag(page, piece(ties, "smudged label"), *middle(ties.locator(".lic-scene-spot").nth(1)))
    assert fates(ties) == {
        "manager": "2. ✗ exits too", "till": "1. ✗ crashes", "drawer": "3. ✗ exits too", "clerk": "works on",
    }  # fmt: skip
    expect(ties.get_by_role("status")).to_contain_text("The till reads the label and crashes.")


def test_an_end_on_the_other_end_of_its_line_changes_places_with_it(pictures):
    page = pictures(reduced_motion="reduce")
    ties = scene(page, "first link, one end")
    one, other = (piece(ties, f"first link, {end} end") for end in ("one", "other"))
    assert [end.get_attribute("aria-valuetext") for end in (one, other)] == ["at till", "at drawer"]
    drag(page, one, *middle(ties.locator(".lic-scene-spot").nth(2)))
    assert [end.get_attribute("aria-valuetext") for end in (one, other)] == ["at drawer", "at till"]
    drag(page, one, *middle(ties.locator(".lic-scene-spot").nth(3)))
    assert [end.get_attribute("aria-valuetext") for end in (one, other)] == ["at clerk", "at till"]
    assert fates(ties)["till"] == "2. ✗ exits too"


def test_a_clerk_dragged_to_the_left_is_started_earlier(pictures):
    page = pictures(reduced_motion="reduce")
    order = scene(page, "cheese")
    order.get_by_label("that one and all to the right").check()
    anew = lambda: [name for name, fate in fates(order).items() if "anew" in fate]
    assert anew() == ["cheese", "bread", "till"]
    drag(page, piece(order, "cheese"), *middle(piece(order, "till")))
    assert piece(order, "cheese").get_attribute("aria-valuetext") == "number 4 of 4"
    assert anew() == ["cheese"]
    assert middle(piece(order, "smudged label"))[0] == pytest.approx(middle(piece(order, "cheese"))[0], abs=2)


def test_a_time_out_dragged_past_the_answer_gives_the_right_bills(pictures):
    page = pictures(reduced_motion="reduce")
    bills = scene(page, "the till waits")
    waits = piece(bills, "the till waits")
    assert fates(bills)["Ben"] == "2. ✗ pays 12.50"
    answer = middle(piece(bills, "champagne's price comes after"))
    drag(page, waits, answer[0] + 60, answer[1])
    assert waits.get_attribute("aria-valuetext") == "8 s"
    assert fates(bills) == {"Dora": "pays 12.50", "Ben": "pays 1.10", "Eva": "pays 3.00", "Finn": "pays 4.20"}


def test_the_arrow_keys_and_a_tap_move_a_piece_too(pictures):
    page = pictures(reduced_motion="reduce")
    bills = scene(page, "the till waits")
    waits = piece(bills, "the till waits")
    for key, seconds in {"ArrowRight": 6, "End": 10, "ArrowUp": 9, "Home": 1, "ArrowLeft": 1}.items():
        waits.press(key)
        assert waits.get_attribute("aria-valuenow") == str(seconds)
    waits.click()
    assert waits.get_attribute("aria-valuetext") == "2 s"
    page.keyboard.press("Tab")
    expect(piece(bills, "champagne's price comes after")).to_be_focused()
    order = scene(page, "cheese")
    piece(order, "smudged label").press("End")
    assert fates(order)["till"].startswith("1.")
    piece(order, "smudged label").click()  # from the last on to the first
    assert fates(order)["freezer"].startswith("1.")
    piece(order, "freezer").press("ArrowRight")
    assert piece(order, "freezer").get_attribute("aria-valuetext") == "number 2 of 4"


def test_escape_takes_a_drag_back(pictures):
    page = pictures(reduced_motion="reduce")
    bills = scene(page, "the till waits")
    waits = piece(bills, "the till waits")
    before = fates(bills)
    x, y = middle(waits)
    drag(page, waits, x + 200, y, let_go=False)
    assert waits.get_attribute("aria-valuetext") != "5 s"
    waits.press("Escape")
    page.mouse.up()
    assert waits.get_attribute("aria-valuetext") == "5 s" and fates(bills) == before


def test_a_finger_drags_a_piece_and_scrolls_beside_it(pictures):
    page = pictures(width=PHONE, reduced_motion="reduce", has_touch=True)
    bills = scene(page, "the till waits")
    waits = piece(bills, "the till waits")
    x, y = middle(waits)
    touch = page.context.new_cdp_session(page)
    send = lambda kind, *points: touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})
    send("touchStart", {"x": x, "y": y})
    for moved in range(10, 101, 10):
        send("touchMove", {"x": x + moved, "y": y})
    send("touchEnd")
    assert int(waits.get_attribute("aria-valuenow")) >= 8
    assert bills.locator(".lic-scene-box").evaluate("box => getComputedStyle(box).touchAction") == "auto"


def test_a_scene_keeps_its_height_whatever_comes_of_it(pictures):
    for width in (PHONE, DESK):
        page = pictures(width=width, reduced_motion="reduce")
        for box in page.locator('[data-lic="scene"]').all():
            high = box.bounding_box()["height"]
            for key in ("End", "ArrowLeft", "Home"):
                for each in box.get_by_role("slider").all():
                    each.press(key)
                    assert box.bounding_box()["height"] == pytest.approx(high, abs=0.5)


def test_a_scene_works_in_a_notebook(notebook):
    from letitcrash.show.chapter05 import patience

    page = notebook(patience.to_touch())
    waits = page.get_by_role("slider", name="the till waits")
    waits.press("End")
    assert fates(page.locator('[data-lic="scene"]'))["Ben"] == "pays 1.10"
    page.evaluate("() => leave()")
    assert page.said == []


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
        found = violations(page, context=".lic")
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
    assert page.locator("button:visible:not([data-till])").count() == 0  # a till is part of the picture


@pytest.mark.parametrize("width", [PHONE, DESK, 1920])
def test_a_scene_is_whole_on_paper_from_a_window_of_any_width(pictures, width):
    page = pictures(width=width)
    page.add_init_script("globalThis.ResizeObserver = class { observe() {} disconnect() {} };")  # as in printing
    page.reload()
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.set_viewport_size({"width": A4, "height": 1000})
    page.emulate_media(media="print")
    boxes = page.locator(".lic-scene-box").all()
    assert len(boxes) == 3
    for box in boxes:
        paper = box.bounding_box()
        ends = [middle(end) for end in box.locator(".lic-scene-end").all()]
        for line, *two in zip(box.locator("svg path[d*=L]:not([transform])").all(), ends[::2], ends[1::2], strict=True):
            drawn_at = line.bounding_box()
            assert drawn_at["x"] == pytest.approx(min(x for x, _ in two), abs=3)
            assert drawn_at["x"] + drawn_at["width"] == pytest.approx(max(x for x, _ in two), abs=3)
        for each in box.locator(":scope > div").all():
            here = each.bounding_box()
            assert paper["x"] <= here["x"] and here["x"] + here["width"] <= paper["x"] + paper["width"] <= A4
        fates = box.locator(".lic-scene-fate")
        assert set(fates.evaluate_all("all => all.map(each => getComputedStyle(each).opacity)")) == {"1"}
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.locator('[data-lic="scene"]').first.evaluate("scene => scene.style.width") == ""


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
    (document.querySelector(".jp-CodeCell") ?? document.body).append(el);
    globalThis.leave = widget.render({ model, el });
}
"""


LITE = '<!doctype html><html lang="en"><script id="jupyter-config-data" data-jupyter-lite-root=".."></script></html>'


@pytest.fixture
def notebook(browser, monkeypatch):
    """`notebook(shown, delay=ms)`: the widget of `shown` in an empty page; the test's kernel answers after `delay`."""
    monkeypatch.delenv(widget_output.STATIC, raising=False)
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
