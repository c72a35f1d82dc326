"""The notebooks to download, and the wheel of letitcrash that their first cell installs, below `downloads/`."""

import json
import shutil
from pathlib import Path
from urllib.parse import quote

import derived
import lite
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri
from ways import EVENT, Way

FOLDER = "downloads"


def is_notebook(app: Sphinx, page: str) -> bool:
    """True where the source of a page is a notebook."""
    return str(app.env.doc2path(page)).endswith(".ipynb")


def file_name(page: str) -> str:
    """The name that a notebook has in a reader's folder, where labs must not all be called lab.ipynb.

    >>> file_name("labs/01_the_till/lab"), file_name("notebooks/01_the_till")
    ('01_the_till_lab.ipynb', '01_the_till.ipynb')
    """
    return "_".join(page.split("/")[1:]) + ".ipynb"


def to_download(app: Sphinx, page: str) -> Way | None:
    """The notebook in the form for any Jupyter."""
    if not is_notebook(app, page):
        return None
    address = relative_uri(f"{page}.html", f"{FOLDER}/{file_name(page)}")
    return Way("Download the notebook", address, "for Jupyter of your own, VS Code or Colab", download=True)


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the wheel and every notebook. Where the site has no address, they point to the folder it is built in."""
    if exception is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    site = app.config.html_baseurl or f"{Path(app.outdir).as_uri()}/"
    wheel = Path(shutil.copy(lite.own_wheel(), folder))
    for page in filter(lambda page: is_notebook(app, page), sorted(app.env.found_docs)):
        notebook = json.loads(Path(app.env.doc2path(page)).read_text(encoding="utf-8"))
        address = f"{site}{FOLDER}/{quote(wheel.name)}"
        text = json.dumps(derived.for_download(notebook, page, site, address), indent=1, ensure_ascii=False)
        (folder / file_name(page)).write_text(f"{text}\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect(EVENT, to_download, priority=500)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
