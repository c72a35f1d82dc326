"""The furniture of every page, beside the text: tips, ways to run, folded solutions, indexes, search, the look."""

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote
from xml.etree import ElementTree

import address
import build
import nbformat
import pdf
import pytest
import ways
from test_pages import Document

from letitcrash.show import palette

CHAPTER = "notebooks/01_the_till_and_the_queue"
LABS = [page.split("/")[1] for page in pdf.all_pages() if page.endswith("/lab.html")]


def cells(path):
    return json.loads((build.ROOT / path).read_text())["cells"]


def test_a_term_explains_itself_on_focus_and_escape_closes_it(open_page):
    page = open_page(f"{CHAPTER}.html")
    term = page.locator("a[data-tip]").first
    term.focus()
    assert page.locator("#lic-tip").inner_text() == term.get_attribute("data-tip")
    assert term.get_attribute("aria-describedby") == "lic-tip"
    page.keyboard.press("Escape")
    assert page.locator("#lic-tip").is_hidden()


def test_on_a_phone_the_first_tap_explains_and_the_second_follows(open_page):
    page = open_page(f"{CHAPTER}.html", width=360, has_touch=True, is_mobile=True)
    term = page.locator("a[data-tip]").first
    term.tap()
    assert page.locator("#lic-tip").is_visible()
    box = page.locator("#lic-tip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert page.url.endswith(f"{CHAPTER}.html")
    term.tap()
    page.wait_for_url("**/book/glossary.html#*")


@pytest.mark.parametrize("lab", LABS)
def test_no_line_of_a_solution_stands_on_the_labs_page(lab, site_folder):
    page = unescape(re.sub(r"<[^>]+>", "", (site_folder / f"labs/{lab}/lab.html").read_text()))
    starter = "\n".join("".join(cell["source"]) for cell in cells(f"labs/{lab}/lab.ipynb"))
    for cell in cells(f"labs/{lab}/solution.ipynb"):
        for region in re.findall(r"### BEGIN SOLUTION.*?\n(.*?)### END SOLUTION", "".join(cell["source"]), re.DOTALL):
            for line in filter(None, map(str.strip, region.split("\n"))):
                assert line in starter or line not in page, f"{lab}: {line!r} of {cell['id']}"


@pytest.mark.parametrize("lab", LABS)
def test_a_solution_is_folded_until_it_is_asked_for(lab, open_page):
    page = open_page(f"labs/{lab}/solution.html")
    answers = page.locator("div.cell.tag_exercise")
    assert answers.count() == sum(
        "exercise" in cell["metadata"].get("tags", []) for cell in cells(f"labs/{lab}/lab.ipynb")
    )
    assert not answers.locator("pre").first.is_visible()
    answers.first.get_by_text("Show the solution").click()
    assert answers.locator("pre").first.is_visible()
    assert "solved" in page.locator("h1").last.inner_text()


def test_an_address_that_is_not_there_gets_the_sites_own_page(site):
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{site}book/no-such-page.html")
    assert answer.value.code == 404
    assert "This shelf is empty" in answer.value.read().decode()


def test_the_front_door_leads_to_the_welcome_page(open_page):
    page = open_page("index.html")
    page.wait_for_url("**/book/welcome.html")


def test_the_search_finds_a_chapter_by_a_word(open_page):
    page = open_page("search.html?q=Pollaczek")
    page.locator("ul.search li a").first.wait_for()
    assert any(CHAPTER in link.get_attribute("href") for link in page.locator("ul.search li a").all())


# As a reader writes in a hurry: a letter left out, doubled, swapped, of the wrong sound; and what the book calls it.
SLIPS = {
    "supervisr": "supervisor",
    "supervizor": "supervisor",
    "malibox": "mailbox",
    "Polaczek": "pollaczek",
    "qeueue": "queue",
    "montior": "monitor",
    "restrat": "restart",
}


@pytest.mark.parametrize("written", SLIPS)
def test_a_search_with_a_slip_of_the_pen_says_what_it_took_it_for_and_finds_that(written, open_page):
    page = open_page(f"search.html?q={written}")
    page.locator("ul.search li a").first.wait_for()
    note = page.locator(".lic-mended")
    assert written in note.inner_text()
    assert note.locator("strong").inner_text().startswith(SLIPS[written])
    assert not page.complaints.all()


@pytest.mark.parametrize("query", ["supervisor", "start_link", "M/M/1", "restart intensity", "xylophone qqqqq"])
def test_a_search_for_words_that_are_right_or_far_from_all_is_left_as_it_is(query, open_page):
    page = open_page(f"search.html?q={quote(query)}")
    page.locator(".search-summary:not(:empty)").wait_for()
    assert page.locator(".lic-mended").count() == 0


SHIFT = 0.005  # a code block's scroll bar goes when its button comes: 0.003


@pytest.mark.parametrize("width", [1280, 768, 360])
@pytest.mark.parametrize("path", ["book/welcome.html", "book/your-work.html", "book/glossary.html"])
def test_nothing_moves_while_a_page_loads(path, width, open_page, site):
    page = open_page("404.html", width=width)
    page.add_init_script(
        """globalThis.moved = [];
        new PerformanceObserver((list) => moved.push(...list.getEntries().map(
            ({ value, sources }) => [value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]
        ))).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(site + path)
    if "your-work" in path:
        page.locator(".lic-work-count:not(:empty)").wait_for()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moved = page.evaluate("() => moved")
    assert sum(value for value, _ in moved) < SHIFT, moved


def test_the_start_of_the_lane_asks_the_browser_to_keep_the_readers_work(open_page, site):
    page = open_page("404.html")
    page.add_init_script("StorageManager.prototype.persist = async () => (globalThis.asked = true);")
    page.route("**/lite/start.json", lambda route: route.abort())
    page.goto(f"{site}{CHAPTER}.html")
    page.get_by_text("Run in your browser").first.click()
    page.wait_for_function("() => globalThis.asked")


def test_a_reader_can_choose_light_or_dark_and_the_next_page_remembers(open_page, site):
    page = open_page("book/welcome.html")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    while page.evaluate("document.documentElement.dataset.theme") != "dark":
        page.locator(".theme-switch-button").first.click()
    assert page.evaluate(background) != light
    page.goto(f"{site}book/glossary.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_index_of_figures_names_every_picture_of_the_chapter(site_folder):
    shown = re.findall(r'data-lic="(?:figure|explore|player)"', (site_folder / f"{CHAPTER}.html").read_text())
    listed = [t for t in Document(site_folder / "book/figures.html").targets if f"{CHAPTER}.html#picture-" in t]
    assert len(shown) == len(listed) > 8


def test_the_index_of_exercises_names_every_lab(site_folder):
    targets = Document(site_folder / "book/exercises.html").targets
    for lab in LABS:
        exercises = [cell for cell in cells(f"labs/{lab}/lab.ipynb") if "exercise" in cell["metadata"].get("tags", [])]
        assert 1 <= sum(f"{lab}/lab.html#" in target for target in targets) <= len(exercises)


def test_formulas_are_there_without_a_script_and_for_screen_readers(open_page):
    page = open_page(f"{CHAPTER}.html", java_script_enabled=False)
    assert page.locator("mjx-container svg").first.is_visible()
    assert page.locator("mjx-assistive-mml math").count() == page.locator("mjx-container").count() > 0


def test_the_pages_have_the_colours_of_the_pictures():
    css = (build.ROOT / "book/_static/letitcrash.css").read_text()
    light, dark = (
        dict(re.findall(r"--lic-([a-z-]+): (#[0-9a-f]{6})", block)) for block in css.split("color-scheme: ")[1:3]
    )
    for name, colour in palette.NAMES.items():
        assert (name, light[name], dark[name]) == (name, colour.lower(), palette.DARK[colour].lower())


def test_where_no_address_is_set_no_button_goes_nowhere(site_folder):
    for path in site_folder.rglob("*.html"):
        if "lite" not in path.relative_to(site_folder).parts:
            assert "mybinder.org" not in path.read_text(), path


def test_three_settings_give_a_fork_its_own_addresses(monkeypatch):
    monkeypatch.setenv("REPOSITORY_URL", "https://github.com/someone/fork/")
    monkeypatch.setenv("REPOSITORY_TAG", "v2")
    monkeypatch.setenv("SITE_URL", "https://someone.github.io/fork")
    config = SimpleNamespace(html_theme_options={})
    address.set_addresses(None, config)
    assert config.html_theme_options["repository_url"] == "https://github.com/someone/fork"
    assert config.html_theme_options["use_issues_button"] is True
    assert config.ogp_image == "https://someone.github.io/fork/_static/card.png"
    assert "summary_large_image" in config.ogp_custom_meta_tags[0]
    assert config.html_baseurl == config.ogp_site_url == "https://someone.github.io/fork/"
    binder = ways.to_binder(SimpleNamespace(config=config), CHAPTER)
    path = "lab%2Ftree%2Fnotebooks%2F01_the_till_and_the_queue.ipynb"
    assert binder.address == f"https://mybinder.org/v2/gh/someone/fork/v2?urlpath={path}"


def test_the_site_tells_crawlers_and_github_pages_what_they_ask_for(site_folder):
    assert (site_folder / ".nojekyll").exists()
    assert (site_folder / "robots.txt").read_text().startswith("User-agent: *\nAllow: /\n")
    front = (site_folder / "index.html").read_text()
    assert 'property="og:title"' in front
    assert 'name="description"' in front


FORK = """
title: A fork
only_build_toc_files: true
repository: {url: "", branch: main}
sphinx:
  recursive_update: true
  local_extensions: {vendor: TOOLS, address: EXTENSIONS, ways: EXTENSIONS, front: EXTENSIONS}
  extra_extensions: [sphinxext.opengraph]
  config: {html_theme_options: {}}
"""


def test_the_pages_of_a_fork_point_to_the_fork(tmp_path):
    folders = {"TOOLS": build.ROOT / "tools", "EXTENSIONS": build.ROOT / "book" / "_ext"}
    config = FORK
    for name, folder in folders.items():
        config = config.replace(name, os.path.relpath(folder, tmp_path))
    (tmp_path / "_config.yml").write_text(config)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: one\n")
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# One\n\nWords.")])
    page.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(page, tmp_path / "one.ipynb")
    addresses = {"REPOSITORY_URL": "https://github.com/someone/fork", "SITE_URL": "https://someone.github.io/fork"}
    jupyter_book = str(Path(sys.executable).with_name("jupyter-book"))
    environment = {**os.environ, **addresses, "REPOSITORY_TAG": "v2"}
    done = subprocess.run([jupyter_book, "build", "."], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "_build" / "html"
    html = (folder / "one.html").read_text()
    for expected in (
        'rel="canonical" href="https://someone.github.io/fork/one.html"',
        'property="og:url" content="https://someone.github.io/fork/one.html"',
        'property="og:image" content="https://someone.github.io/fork/_static/card.png"',
        "https://github.com/someone/fork/issues/new",
        "https://mybinder.org/v2/gh/someone/fork/v2?urlpath=lab%2Ftree%2Fone.ipynb",
    ):
        assert expected in html
    front = (folder / "index.html").read_text()
    for expected in (
        'property="og:image" content="https://someone.github.io/fork/_static/card.png"',
        'name="twitter:card" content="summary_large_image"',
        'http-equiv="refresh" content="0; url=one.html"',
    ):
        assert expected in front
    assert "Sitemap: https://someone.github.io/fork/sitemap.xml\n" in (folder / "robots.txt").read_text()
    sitemap = ElementTree.parse(folder / "sitemap.xml")
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [found.text for found in sitemap.iter(f"{namespace}loc")] == ["https://someone.github.io/fork/one.html"]


SCROLL_AND_DRAW = """async (part) => {
    scrollTo({ top: document.body.scrollHeight * part, behavior: "instant" });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.mark.parametrize("width", [360, 1000, 1280])
def test_nothing_of_the_theme_lies_over_the_text_of_a_page_that_is_scrolled_up(width, open_page):
    page = open_page("notebooks/01_the_till_and_the_queue.html", width=width)
    for part in (1, 0.5):
        page.evaluate(SCROLL_AND_DRAW, part)
    over = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((each) => getComputedStyle(each).position === "fixed" && each.checkVisibility())
            .filter((each) => each.getBoundingClientRect().height > 0 && each.getBoundingClientRect().top > 100)
            .map((each) => each.id || each.className)"""
    )
    assert over == []
