"""Files that no source makes: the front door (index.html), the page for wrong addresses (404.html), words to crawlers.

Crawlers get robots.txt; a sitemap.xml too where the site's address is known, since a sitemap holds whole addresses.
GitHub Pages gets .nojekyll, or it would leave out every folder that begins with an underscore.
"""

import re
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote, urlsplit

from sphinx.application import Sphinx

# The card that a link to the welcome page shows where it is shared: a link to the front door shows the same.
SOCIAL = re.compile(r'<meta (?:property="og:|name="(?:description|twitter:))[^>]*>')
SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}</urlset>\n'
TEMPLATES = Path(__file__).resolve().parent.parent / "_templates"


def write_front(app: Sphinx, exception: Exception | None) -> None:
    """Write index.html, which leads to the welcome page, and 404.html, which stands alone at any depth."""
    if exception is not None or app.builder.name != "html":
        return
    root = app.config.root_doc
    welcome = (Path(app.outdir) / f"{root}.html").read_text(encoding="utf-8")
    names = {
        "social": "\n".join(SOCIAL.findall(welcome)),
        "title": escape(app.config.html_title),
        "welcome": f"{root}.html",
        "base": urlsplit(app.config.html_baseurl).path or "/",
        "canonical": escape(f"{app.config.html_baseurl}{root}.html"),
    }
    for name in ("index.html", "404.html"):
        text = Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(names)
        (Path(app.outdir) / name).write_text(text, encoding="utf-8")


def write_for_crawlers(app: Sphinx, exception: Exception | None) -> None:
    """Write robots.txt, .nojekyll and, where the site has an address, sitemap.xml with every page."""
    if exception is not None or app.builder.name != "html":
        return
    folder, site = Path(app.outdir), app.config.html_baseurl
    robots = "User-agent: *\nAllow: /\n"
    if site:
        robots += f"Sitemap: {site}sitemap.xml\n"
        entries = "".join(sitemap_entry(app, page) for page in sorted(app.env.found_docs))
        (folder / "sitemap.xml").write_text(SITEMAP.format(entries), encoding="utf-8")
    (folder / "robots.txt").write_text(robots, encoding="utf-8")
    (folder / ".nojekyll").touch()


def sitemap_entry(app: Sphinx, page: str) -> str:
    """The address of a page, and the day of its last commit where git knows it."""
    source = Path(app.env.doc2path(page)).relative_to(app.srcdir).as_posix()
    day = app.commit_dates.get(source)
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<url><loc>{escape(f'{app.config.html_baseurl}{quote(page)}.html')}</loc>{changed}</url>\n"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", write_front, priority=100)  # before the table of contents writes its own index.html
    app.connect("build-finished", write_for_crawlers)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
