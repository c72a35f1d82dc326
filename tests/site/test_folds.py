"""Folds on a chapter's page, in a small book: optional sections, and the switch that hides the code."""

import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
import serve
from access import violations
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "book" / "_static"
CELLS = [
    ("markdown", "# Wait\n\nA promise.\n\n## Walk in"),
    ("code", "def wait(tills):\n    return 20 / tills"),
    ("code", "print('twenty', 'minutes')"),
    ("markdown", "## In real Erlang\n\nA mailbox.\n\n## In KAZOO\n\nA broker."),
    ("code", "print('two hundred', 'and fifty')"),
    ("markdown", "The pool is full.\n\n## What to remember\n\nA fact."),
]
CONF = f"""
import sys
sys.path[:0] = [{str(ROOT / "book" / "_ext")!r}]
project = "Tiny"
extensions = ["myst_nb", "ways", "folds"]
html_theme = "basic"
html_theme_options = {{"nosidebar": True, "body_min_width": 0}}
html_static_path = [{str(STATIC)!r}]
html_css_files = ["letitcrash.css"]
nb_execution_mode = "force"
suppress_warnings = ["config.cache"]
repository_url = ""
"""
WAYS = "def setup(app):\n    app.add_config_value('repository_url', '', 'html')\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The small book's address instead of the big one's, for `open_page`."""
    source, target = tmp_path_factory.mktemp("book"), tmp_path_factory.mktemp("site")
    make = {"markdown": nbformat.v4.new_markdown_cell, "code": nbformat.v4.new_code_cell}
    cells = [make[kind](text) for kind, text in CELLS]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    (source / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), source / "notebooks" / "tiny.ipynb")
    (source / "index.md").write_text("# Tiny\n\n```{toctree}\nnotebooks/tiny\n```\n")
    (source / "conf.py").write_text(CONF + WAYS)
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", source, target]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    server = serve.server(target, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def chapter(open_page):
    """`chapter(width=360)`: the page of the small chapter."""

    def chapter(fragment="", **options):
        page = open_page(f"notebooks/tiny.html{fragment}", **options)
        page.set_default_timeout(15_000)
        return page

    return chapter


def code(page):
    return page.locator(".cell_input")


def test_an_optional_section_is_folded_below_its_heading(chapter):
    page = chapter()
    assert page.get_by_role("heading", name="In KAZOO").is_visible()
    for words in ("A mailbox.", "A broker.", "two hundred and fifty", "The pool is full."):
        assert not page.get_by_text(words, exact=True).is_visible(), words
    assert page.get_by_text("A fact.").is_visible()
    page.get_by_text("in a telephone platform").click()
    for words in ("A broker.", "two hundred and fifty", "The pool is full."):
        assert page.get_by_text(words, exact=True).is_visible(), words
    assert not page.get_by_text("A mailbox.").is_visible()
    assert page.complaints.all() == []


def test_the_section_on_erlang_links_the_primer(chapter):
    link = chapter("#in-real-erlang").get_by_role("link", name="Eight sentences")
    assert link.is_visible() and link.get_attribute("href") == "../book/read-erlang.html"
    assert (ROOT / "book" / "read-erlang.md").exists()


def test_a_link_to_an_optional_section_opens_it(chapter):
    page = chapter("#in-kazoo")
    assert page.get_by_text("A broker.").is_visible()
    page.evaluate("location.hash = 'in-real-erlang'")
    expect(page.get_by_text("A mailbox.")).to_be_visible()


def test_the_code_is_folded_by_one_switch_and_each_cell_opens_alone(chapter):
    page = chapter(width=360)
    expect(code(page).first).to_be_visible()
    page.get_by_role("button", name="Hide the code").click()
    expect(page.locator(".cell_input:visible")).to_have_count(0)
    assert page.get_by_text("twenty minutes").is_visible()
    page.get_by_role("button", name="def wait(tills):").click()
    assert code(page).first.is_visible() and not code(page).nth(1).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Hide the code").click()
    assert code(page).nth(1).is_visible()


def test_the_switch_is_kept_in_this_browser_and_holds_before_the_page_is_drawn(chapter):
    page = chapter()
    page.get_by_role("button", name="Hide the code").click()
    page.route("**/folds.js*", lambda route: route.abort())
    page.reload()
    assert not code(page).first.is_visible()
    page.unroute("**/folds.js*")
    page.reload()
    assert page.get_by_role("button", name="Hide the code").get_attribute("aria-pressed") == "true"


def test_paper_shows_code_and_optional_sections(chapter):
    page = chapter()
    page.get_by_role("button", name="Hide the code").click()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert code(page).first.is_visible()
    assert page.get_by_text("A broker.").is_visible() and page.get_by_text("A mailbox.").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.get_by_text("A broker.").is_visible()


def test_without_scripts_the_code_stands_and_no_switch_does(chapter):
    page = chapter(java_script_enabled=False)
    assert code(page).first.is_visible()
    assert page.locator(".lic-code-switch:visible").count() == 0
    page.get_by_text("in a telephone platform").click()
    assert page.get_by_text("A broker.").is_visible()


def test_folds_have_no_fault_that_axe_sees(chapter):
    page = chapter()
    page.get_by_role("button", name="Hide the code").click()
    found = violations(page, context="article, .document")
    faults = [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")]
    assert [name for name in faults if name != "color-contrast"] == []  # the basic theme's own colours
