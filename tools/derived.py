"""The forms that a notebook takes outside the repository: downloaded, and in the browser lane.

In the repository a notebook installs nothing and links to its neighbours. Other Jupyters know none of the book's roles,
a downloaded notebook has no neighbours, and its kernel no letitcrash.
"""

import copy
import posixpath
import re
from typing import Any

Notebook = dict[str, Any]

ROLE = re.compile(r"\{[a-z][\w:.-]*\}`([^`<]+?)(?:\s*<[^`>]*>)?`")
LINK = re.compile(r"(```.*?```|`[^`\n]*`)|\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)", re.DOTALL)
INSTALL = """\
# Install the book's code and its exams, where they are not installed yet. In JupyterLab, reload the page afterwards.
import sys

try:
    import letitcrash
except ModuleNotFoundError:
    %pip install --quiet {wheel}

if "google.colab" in sys.modules:  # Colab draws other people's widgets when it is asked to
    from google.colab import output

    output.enable_custom_widget_manager()"""


def without_roles(markdown: str) -> str:
    """The text with the words of each role in its place.

    >>> without_roles("A {term}`till` keeps {term}`times <virtual time>`.")
    'A till keeps times.'
    """
    return ROLE.sub(r"\1", markdown)


def with_full_links(markdown: str, page: str, site: str) -> str:
    """The text with links to neighbours of `page` replaced by addresses on the site; code is left alone.

    >>> with_full_links("[the lab](../labs/01/lab.ipynb)", "notebooks/01", "https://example.org/")
    '[the lab](https://example.org/labs/01/lab.html)'
    """

    def full(match: re.Match) -> str:
        code, target, anchor = match.groups()
        if code:
            return code
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        name, suffix = posixpath.splitext(path)
        path = f"{name}.html" if suffix in (".ipynb", ".md") else f"lite/files/{path}"
        return f"]({site}{path}{anchor or ''})"

    return LINK.sub(full, markdown)


def for_the_lane(notebook: Notebook) -> Notebook:
    """The notebook for JupyterLite: without roles, its kernel named as it is called there."""
    derived = _with_markdown(notebook, without_roles)
    derived["metadata"]["kernelspec"] = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
    return derived


def for_download(notebook: Notebook, page: str, site: str, wheel: str) -> Notebook:
    """The notebook of `page` for any Jupyter: its first code cell installs the wheel, its links lead to the site."""
    derived = _with_markdown(notebook, lambda text: with_full_links(without_roles(text), page, site))
    install = {
        "cell_type": "code",
        "execution_count": None,
        "id": "install",
        "metadata": {"tags": ["install"]},
        "outputs": [],
        "source": INSTALL.format(wheel=wheel).splitlines(keepends=True),
    }
    derived["cells"].insert(1, install)  # below the title
    return derived


def _with_markdown(notebook: Notebook, change: Any) -> Notebook:
    derived = copy.deepcopy(notebook)
    for cell in derived["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = change("".join(cell["source"])).splitlines(keepends=True)
    return derived
