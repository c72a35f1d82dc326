"""The browser lane on the pages: the button that opens a page's own notebook, and the page "Your work"."""

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lite
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri
from ways import EVENT, Way

SECONDS = 10  # from the click to a first result, measured on two cores (`make bench`)
HERE = Path(__file__).parent
WORK_SCRIPT = lite.ROOT / "letitcrash" / "classroom" / "work.js"
RUNS = ("notebooks/", "labs/")


def opens(page: str) -> bool:
    """True when a page's notebook opens in the lane: a chapter's or a starter's; nobody needs to run a solution."""
    runs = page.startswith(RUNS) and not page.endswith("/solution")
    return runs and (lite.LITE / "files" / f"{page}.ipynb").is_file()


def to_the_browser(app: Sphinx, page: str) -> Way | None:
    """The page's notebook in the lane, with what the start costs."""
    if not opens(page):
        return None
    megabytes = round(sum(json.loads(lite.START.read_text()).values()) / 1e6)
    address = f"{relative_uri(f'{page}.html', 'lite/notebooks/index.html')}?path={quote(f'{page}.ipynb')}"
    return Way(f"Run in your browser ({SECONDS} s, {megabytes} MB the first time)", address, "nothing to install")


def to_your_work(app: Sphinx, page: str) -> Way | None:
    """The page that saves what was done in the lane."""
    return Way("Your work", relative_uri(f"{page}.html", "book/your-work.html")) if opens(page) else None


def add_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """The start's progress on pages with a button, the two buttons on the page Your work."""
    if opens(page):
        app.add_js_file("letitcrash/lane.js", defer="defer")
    if page == "book/your-work":
        app.add_js_file("letitcrash/work.js", type="module")


def copy_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Put the scripts where pages find them; html_static_path would load them on every page."""
    if exception is None and app.builder.format == "html":
        target = Path(app.outdir) / "_static" / "letitcrash"
        target.mkdir(parents=True, exist_ok=True)
        for script in (HERE / "lane.js", WORK_SCRIPT):
            shutil.copy(script, target)


def drop_what_an_earlier_lane_left(app: Sphinx, exception: Exception | None) -> None:
    """Delete the site's files that this lane does not have: Sphinx copies the lane over them, and only adds."""
    if exception is None and app.builder.format == "html":
        site = Path(app.outdir) / lite.LITE.name
        for file in [path for path in site.rglob("*") if path.is_file()]:
            if not (lite.LITE / file.relative_to(site)).exists():
                file.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect(EVENT, to_the_browser, priority=100)
    app.connect(EVENT, to_your_work, priority=950)
    app.connect("html-page-context", add_scripts)
    app.connect("build-finished", copy_scripts)
    app.connect("build-finished", drop_what_an_earlier_lane_left)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
