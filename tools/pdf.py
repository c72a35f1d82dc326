"""Prints the whole book into _build/html/let-it-crash.pdf with Chromium: every picture drawn, explorables as stills.

python tools/pdf.py [FILE]      the site must have been built; solutions are left out
"""

import os
import sys
import threading
from pathlib import Path

import chromium
import interrupt
import serve
import yaml
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
LEFT_OUT = ("/solution", "book/your-work", "book/exercises", "book/figures")  # what makes sense on the site only
# Pixels between the margins of A4: pictures are drawn as wide as they print.
PAPER = {"width": 658, "height": 1000}
MARGIN = {"top": "18mm", "bottom": "20mm", "left": "18mm", "right": "18mm"}
FOOTER = '<div style="width: 100%; text-align: center; font: 8px serif"><span class="pageNumber"></span></div>'


def pages() -> list[str]:
    """The addresses of the pages that are printed."""
    return [page for page in all_pages() if not page.removesuffix(".html").endswith(LEFT_OUT)]


def all_pages() -> list[str]:
    """The addresses of the book's pages in the order of _toc.yml."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    return [f"{name}.html" for name in [toc["root"], *files_in(toc["parts"])]]


def files_in(entries: list[dict]) -> list[str]:
    """The documents of a part of the table of contents, in order."""
    names = []
    for entry in entries:
        names += [entry["file"]] if "file" in entry else []
        names += files_in(entry.get("chapters", []) + entry.get("sections", []))
    return names


def print_book(browser: Browser, target: Path) -> tuple[int, int]:
    """Write the PDF; returns how many pictures are drawn in it, and how many there should be."""
    home = os.environ.get("SITE_URL", "").rstrip("/")
    settings = {"pages": pages(), "home": home and f"{home}/"}
    options = {"display_header_footer": True, "header_template": "<span></span>", "footer_template": FOOTER}
    with serve.server(SITE, 0) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        page = browser.new_page(viewport=PAPER, color_scheme="light")
        page.goto(f"http://localhost:{site.server_address[1]}/genindex.html")
        drawn, wanted = page.evaluate(Path(__file__).with_suffix(".js").read_text(), settings)
        page.evaluate("document.title = 'Let It Crash'")
        page.pdf(path=target, format="A4", margin=MARGIN, print_background=True, outline=True, tagged=True, **options)
        page.close()
        site.shutdown()
    return drawn, wanted


def main() -> None:
    """Print, and say where it is."""
    target = Path(sys.argv[1]) if sys.argv[1:] else SITE / "let-it-crash.pdf"
    if not (SITE / "genindex.html").exists():
        sys.exit("There is no site in _build/html yet: run `make site`.")
    if chromium.path() is None:
        sys.exit(f"The PDF needs Chromium, and {chromium.MISSING}.")
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        drawn, wanted = print_book(browser, target)
        browser.close()
    print(f"The book is printed: {os.path.relpath(target)}")
    if drawn < wanted:
        sys.exit(f"but {wanted - drawn} of {wanted} pictures are not drawn in it.")


if __name__ == "__main__":
    interrupt.run(main)
