"""Two indexes: `{exercise-index}` lists the exercises of all labs, `{figure-index}` the pictures of all pages.

Both are collected while pages are read, so nobody keeps a list. A picture gets an anchor here, an exercise is found at
the heading above it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode

PICTURE = re.compile(r'<div(?= [^>]*\bdata-lic="(figure|explore|player)")(?= [^>]*\baria-label="([^"]*)")')
READING = re.compile(r'<p class="lic-reading"[^>]*>([^<]+)</p>')
SIGNS = {"figure": "", "explore": "you can move it", "player": "you can play it"}


@dataclass(frozen=True)
class Entry:
    """A line of an index: where it leads, its words, and what to add."""

    page: str
    anchor: str
    words: str
    note: str = ""


class Place(nodes.General, nodes.Element):
    """The place of an index, which is written once all pages are read."""


class Index(SphinxDirective):
    """The directive; `kind` is what it lists."""

    kind: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Mark the place."""
        return [Place(kind=self.kind)]


class ExerciseIndex(Index):
    """`{exercise-index}`"""

    kind = "exercises"


class FigureIndex(Index):
    """`{figure-index}`"""

    kind = "figures"


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Note the exercises and pictures of a page that was read."""
    page = app.env.docname
    entries = entries_of(app.env)
    entries["figures"][page] = list(pictures(page, doctree))
    entries["exercises"][page] = list(exercises(page, doctree)) if page.endswith("/lab") else []


def entries_of(env: BuildEnvironment) -> dict[str, dict[str, list[Entry]]]:
    """The entries so far, by kind and page."""
    if not hasattr(env, "index_entries"):
        env.index_entries = {"figures": {}, "exercises": {}}
    return env.index_entries


def pictures(page: str, doctree: nodes.document) -> Iterator[Entry]:
    """The pictures of a page in order; each gets an anchor."""
    number = 0
    for node in doctree.findall(nodes.raw):
        if node.get("format") != "html" or not (found := PICTURE.search(node.astext())):
            continue
        number += 1
        anchor = f"picture-{number}"
        at = found.start(1) - len('data-lic="')
        node.children = [nodes.Text(f'{found.string[:at]}id="{anchor}" {found.string[at:]}')]
        yield Entry(page, anchor, f"{section_title(node)}: {words_of(found)}", SIGNS[found[1]])


def words_of(found: re.Match[str]) -> str:
    """The sentence that says what a picture shows first; without one, its label."""
    reading = READING.search(found.string)
    return unescape(reading[1] if reading else found[2])


def section_of(node: nodes.Node) -> nodes.section:
    """The section that a node stands in."""
    while not isinstance(node, nodes.section):
        node = node.parent
    return node


def section_title(node: nodes.Node) -> str:
    """The heading above a node."""
    return section_of(node).next_node(nodes.title).astext()


def exercises(page: str, doctree: nodes.document) -> Iterator[Entry]:
    """The headings above a lab's exercise cells, each once."""
    seen = set()
    for cell in doctree.findall(nodes.container):
        if "tag_exercise" in cell.get("classes", []) and (anchor := section_of(cell)["ids"][0]) not in seen:
            seen.add(anchor)
            yield Entry(page, anchor, section_title(cell))


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    """Drop the entries of a page that is read again or gone."""
    for by_page in entries_of(env).values():
        by_page.pop(page, None)


def pages_with_an_index(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the indexes anew when what they list has changed."""
    now = repr(entries_of(env))
    before, env.index_entries_shown = getattr(env, "index_entries_shown", ""), now
    return [] if before == now else sorted(getattr(env, "pages_with_an_index", ()))


def note_page(app: Sphinx, doctree: nodes.document) -> None:
    """Remember that a page holds an index."""
    if next(doctree.findall(Place), None) is not None:
        app.env.pages_with_an_index = {*getattr(app.env, "pages_with_an_index", ()), app.env.docname}


def fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the lists where they belong, page by page in the order of the book."""
    for place in list(doctree.findall(Place)):
        by_page = entries_of(app.env)[place["kind"]]
        order = [name for name in reading_order(app.env) if by_page.get(name)]
        place.replace_self([part for name in order for part in list_of(app, page, name, by_page[name])])


def reading_order(env: BuildEnvironment) -> list[str]:
    """All pages as the table of contents has them."""
    pages, todo = [], [env.config.root_doc]
    while todo:
        pages.append(page := todo.pop(0))
        todo = [*env.toctree_includes.get(page, []), *todo]
    return pages


def list_of(app: Sphinx, page: str, name: str, entries: list[Entry]) -> Iterator[nodes.Element]:
    """A page's title and the list of its entries."""
    title = app.env.titles[name].astext()
    yield nodes.rubric("", "", link(app, page, name, "", title))
    lines = nodes.bullet_list() if name.endswith("/lab") else nodes.enumerated_list()
    for entry in entries:
        words = nodes.paragraph("", "", link(app, page, name, entry.anchor, entry.words))
        if entry.note:
            words += [nodes.Text(" "), nodes.inline("", f"({entry.note})", classes=["lic-note"])]
        lines += nodes.list_item("", words)
    yield lines


def link(app: Sphinx, page: str, target: str, anchor: str, words: str) -> nodes.reference:
    """A link from one page to a place on another."""
    return make_refnode(app.builder, page, target, anchor, nodes.Text(words))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_node(Place)
    app.add_directive("exercise-index", ExerciseIndex)
    app.add_directive("figure-index", FigureIndex)
    app.connect("env-purge-doc", forget)
    app.connect("doctree-read", collect)
    app.connect("doctree-read", note_page)
    app.connect("env-updated", pages_with_an_index)
    app.connect("doctree-resolved", fill)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
