"""Glossary terms explain themselves: a link to a term carries its definition, which tips.js shows."""

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

LINK = re.compile(r'<a ([^>]*href="[^"]*#(term-[^"]+)")')


def definitions(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Collect each term's first paragraph, as text, by the term's anchor; when one changed, write all pages anew."""
    found: dict[str, str] = {}
    for name in {entry[0] for entry in env.get_domain("std").objects.values()}:
        for glossary in env.get_doctree(name).findall(addnodes.glossary):
            for item in glossary.findall(nodes.definition_list_item):
                text = next((p.astext() for p in item.findall(nodes.paragraph)), "")
                for term in item.findall(nodes.term):
                    found.update({anchor: " ".join(text.split()) for anchor in term["ids"]})
    before = getattr(env, "term_definitions", None)
    env.term_definitions = found
    return [] if before in (None, found) else sorted(env.found_docs)


def add_tips(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give each link to a term, outside the glossary itself, its definition."""
    known = getattr(app.env, "term_definitions", {})

    def with_tip(link: re.Match[str]) -> str:
        tip = known.get(link[2])
        return (
            f'<a data-tip="{escape(tip)}" {link[1]}' if tip and not link[1].endswith(f'href="#{link[2]}"') else link[0]
        )

    if doctree is not None:
        context["body"] = LINK.sub(with_tip, context["body"])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("env-updated", definitions)
    app.connect("html-page-context", add_tips)
    app.add_js_file("tips.js", loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
