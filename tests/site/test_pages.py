"""The gates: every page, light and dark, on a desk and on a phone. A failure names the page and the reason."""

import contextlib
import gzip
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lint
import pdf
import pytest
from access import violations
from playwright.sync_api import TimeoutError
from suite import LONG

DESK, PHONE = 1280, 360  # pixels
PATIENCE = 20_000  # milliseconds, on a busy machine
SETTLE = 500  # milliseconds in which the theme's own scripts follow a change of size
PAGE_WEIGHT, WEIGHT_WITH_BUNDLES = 300_000, 1_000_000  # gzipped bytes of a page before anything is touched
SHARED = ("/vendor/",)  # bundles that all pages share, and that a page loads only when it has a picture
# A page has three thousand coloured words of code, which take axe most of its time. Of each class one in each kind of
# place stays an element, with the colours that all of them have; the others become the text of their block.
UNWRAP_TWINS = """() => {
    const seen = new Set();
    for (const word of document.querySelectorAll(".highlight span:not(:has(span))")) {
        const place = word.closest(".cell_input, .cell_output, details")?.className;
        const kind = `${word.className} in ${word.parentElement.className} in ${place}`;
        if (seen.has(kind)) word.replaceWith(word.textContent);
        seen.add(kind);
    }
}"""
# The theme lets the Tab key reach code that scrolls, some time after the change of size that made it scroll.
EASY_TO_REACH = """() => [...document.querySelectorAll("pre")].every(
    (code) => code.scrollWidth <= code.clientWidth || code.tabIndex === 0)"""
# The theme's bar at the top changes with scrolling, and pictures are drawn.
SCROLL_DOWN_AND_UP = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
    await frame();
    scrollTo({ top: document.body.scrollHeight / 2, behavior: "instant" });
    await frame();
}"""


MADE = ["search.html", "genindex.html", "404.html"]  # by the site itself, beside those in _toc.yml
PAGES = pdf.all_pages() + MADE


class Document(HTMLParser):
    """A page's anchors, and the addresses it points to."""

    def __init__(self, path: Path):
        super().__init__()
        self.anchors: set[str] = set()
        self.targets: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" or (name == "name" and tag == "a"):
                self.anchors.add(value or "")
            elif name in ("href", "src") and value:
                self.targets.append(value)


@pytest.fixture(scope="session")
def document(site_folder):
    """`document("book/welcome.html")`, each page parsed once."""
    parsed: dict[str, Document] = {}

    def document(path: str) -> Document:
        if path not in parsed:
            parsed[path] = Document(site_folder / path)
        return parsed[path]

    return document


@pytest.mark.parametrize("path", PAGES)
def test_a_page_points_only_to_what_is_there(path, site_folder, document):
    broken = []
    for target in document(path).targets:
        address = urlsplit(urljoin(f"//site/{path}", target))
        if address.scheme or address.netloc != "site":
            continue
        name = unquote(address.path).lstrip("/") or "index.html"
        file = site_folder / name
        if file.is_dir():
            name, file = f"{name.rstrip('/')}/index.html", file / "index.html"
        if not file.exists():
            broken.append(f"{target}: there is no {name}")
        elif address.fragment and file.suffix == ".html" and unquote(address.fragment) not in document(name).anchors:
            broken.append(f"{target}: {name} has no #{address.fragment}")
    assert not broken, f"{path}: " + "; ".join(broken)


def test_a_table_that_a_cell_puts_out_is_a_table_on_its_page(site_folder):
    pages = [site_folder / path for path in PAGES]
    assert [page.name for page in pages if re.search(r"<p>\|", page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_on_a_desk_and_on_a_phone_and_weighs_little(path, dark, open_page, site, site_folder):
    """Light on a desk and dark on a phone; the long suite then changes each page to the other width."""
    widths = (PHONE, DESK) if dark else (DESK, PHONE)
    if not LONG:
        widths = widths[:1]
    page = open_page(path, dark=dark, width=widths[0])
    faults = [] if dark else too_heavy(page, path, site, site_folder)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        faults += [f"at {width} px: {fault}" for fault in (*not_drawn(page), *sideways(page), *axe_faults(page))]
    faults += page.complaints.all()
    assert not faults, f"{path}: " + "; ".join(faults)


def settle(page) -> None:
    """Wait until the theme has followed the change of size; where it does not, axe says so."""
    page.wait_for_timeout(SETTLE)
    with contextlib.suppress(TimeoutError):
        page.wait_for_function(EASY_TO_REACH, timeout=PATIENCE)


def not_drawn(page) -> list[str]:
    """The pictures that stay empty when they are scrolled to; one that waits for the reader's bet may."""
    faults = []
    for picture in page.locator("[data-lic=figure], [data-lic=explore], [data-lic=player]").all():
        if "lic-covered" in picture.get_attribute("class"):
            continue
        picture.scroll_into_view_if_needed()
        try:
            picture.locator(".lic-plot svg.main-svg, .lic-view :is(svg, canvas)").first.wait_for(timeout=PATIENCE)
        except Exception:
            faults.append(f"the picture “{picture.get_attribute('aria-label')}” is not drawn")
    return faults


def sideways(page) -> list[str]:
    """Name the element that sticks out most when the page itself scrolls sideways."""
    too_wide = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= room) return null;
            const stays = (e) => ["auto", "scroll", "hidden", "clip"].includes(e.overflowX) || e.position === "fixed";
            const inside = (e) => e && e !== document.body && (stays(getComputedStyle(e)) || inside(e.parentElement));
            const [end, name] = [...document.body.querySelectorAll("*")]
                .filter((e) => !inside(e))
                .map((e) => [e.getBoundingClientRect().right, `${e.tagName.toLowerCase()}.${e.className}`])
                .reduce((a, b) => (b[0] > a[0] ? b : a));
            return `it scrolls sideways: ${name} ends at ${Math.round(end)} of ${room} px`;
        }"""
    )
    return [too_wide] if too_wide else []


def axe_faults(page) -> list[str]:
    """The faults of every level that axe finds, once the page has been scrolled."""
    page.evaluate(UNWRAP_TWINS)
    page.evaluate(SCROLL_DOWN_AND_UP)
    found = violations(page)
    return [f"axe: {fault['id']} ({fault['help']}) at {fault['nodes'][0]['target']}" for fault in found]


TITLES_AS_LARGE_AS_THEIR_PICTURES = """() => [...document.querySelectorAll(".lic > .lic-title")].every(
    (title) => getComputedStyle(title).fontSize === getComputedStyle(title.parentElement).fontSize)"""
TITLES_CUT_OFF = """() => [...document.querySelectorAll(".main-svg :is(.xtitle, .ytitle, .gtitle, .legendtext)")]
    .filter((words) => {
        const [room, box] = [words.ownerSVGElement, words].map((element) => element.getBoundingClientRect());
        return box.width > 0 && (box.left < room.left - 1 || box.right > room.right + 1);
    }).map((words) => words.textContent)"""
NEVER_NEAR = "globalThis.IntersectionObserver = class { observe() {} unobserve() {} disconnect() {} };"


@pytest.mark.parametrize("path", [page for page in PAGES if page.startswith("notebooks/")])
def test_a_page_that_is_printed_before_it_was_scrolled_has_whole_pictures(path, open_page, site):
    page = open_page("404.html", width=PHONE)
    page.add_init_script(NEVER_NEAR)
    page.goto(site + path)
    before, after, wanted = page.evaluate(
        """() => {
            const drawn = () => document.querySelectorAll(".lic-plot:has(svg.main-svg .trace)").length;
            const before = drawn();
            dispatchEvent(new Event("beforeprint"));
            return [before, drawn(), document.querySelectorAll(".lic-plot").length];
        }"""
    )
    assert (before, after) == (0, wanted)
    assert wanted > 0
    assert page.evaluate(TITLES_CUT_OFF) == []
    page.emulate_media(media="print")
    assert page.evaluate(TITLES_AS_LARGE_AS_THEIR_PICTURES)


def too_heavy(page, path: str, site: str, site_folder: Path) -> list[str]:
    """The page's weight before anything is touched, where it is too much."""
    page.wait_for_load_state("networkidle")
    names = page.evaluate("() => performance.getEntriesByType('resource').map((entry) => entry.name)")
    files = {urlsplit(name).path for name in names if name.startswith(site)} | {f"/{path}"}
    weights = {name: weight(site_folder / name.lstrip("/")) for name in files}
    own = sum(size for name, size in weights.items() if not name.startswith(SHARED))
    heaviest = ", ".join(f"{name} {size // 1000} kB" for name, size in sorted(weights.items(), key=lambda w: -w[1])[:4])
    faults = []
    if own > PAGE_WEIGHT:
        faults.append(f"it weighs {own // 1000} kB without the shared bundles: {heaviest}")
    if sum(weights.values()) > WEIGHT_WITH_BUNDLES:
        faults.append(f"it is too heavy with the shared bundles: {heaviest}")
    return faults


@cache
def weight(file: Path) -> int:
    """The gzipped size of a file in bytes; fonts and pictures as they are."""
    data = file.read_bytes()
    return min(len(gzip.compress(data, 6)), len(data))


def test_every_notebook_has_its_page():
    wanted = {str(path.relative_to(pdf.ROOT).with_suffix(".html")) for path in lint.notebooks()}
    assert wanted - set(PAGES) == set(), "notebooks that are not in _toc.yml"


def test_no_page_was_forgotten(site_folder):
    built = {str(path.relative_to(site_folder)) for path in site_folder.rglob("*.html")}
    own = {name for name in built if not name.startswith(("lite/", "_static/", "vendor/"))}
    assert own - set(PAGES) == {"index.html"}, "pages that no gate looks at"
