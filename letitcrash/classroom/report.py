"""A verdict as a reader sees it: text, HTML whose details fold out, and the player on the run that went wrong."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from letitcrash.classroom.exam import Scene
from letitcrash.classroom.verdict import CORRECT, MISSING, Finding, Verdict
from letitcrash.text import number_of
from letitcrash.trace import Event, as_dict

SAME = "for the same reason"
BEFORE, AFTER = 5, 2
"""Events that the text tells before and after the guilty one."""


class Report:
    """A verdict on the page: a sentence per criterion, the smallest failing case as a table, the seed.

    Where a run shows what went wrong, the text tells it around its guilty event, and `player()` has its place below.
    """

    def __init__(self, verdict: Verdict):
        self.verdict = verdict
        self.remarks = (*([verdict.figures] if verdict.figures else []), *verdict.remarks)

    @property
    def headline(self) -> str:
        """The state of the exercise, in one line."""
        verdict = self.verdict
        if verdict.status == MISSING:
            return f"{verdict.exercise}: {verdict.note}"
        held = sum(finding.holds for finding in verdict.findings)
        what = "it stands" if verdict.status == CORRECT else "not there yet"
        return f"{verdict.exercise}: {what}, {held} of {len(verdict.findings)} hold"

    def player(self) -> Any:
        """The player on the run that shows what went wrong, open at the guilty event; None where there is no run."""
        if self.verdict.scene is None:
            return None
        from letitcrash.show.player import watch  # only now: a check that finds nothing to show stays quick

        scene = self.verdict.scene
        return watch(scene.events, at=scene.at, why=scene.why, title="The run that shows it")

    def __repr__(self) -> str:
        lines = [self.headline]
        if self.verdict.status != MISSING:
            for finding, again in _in_turn(self.verdict.findings):
                lines.append(f"  {'✓' if finding.holds else '✗'} {finding.says}")
                if not finding.holds and not self.verdict.note:
                    lines.append(f"      {SAME if again else finding.message}")
                    lines += [] if again else [f"        {row}" for row in text_table(finding.rows)]
            lines += [f"  {self.verdict.note}"] if self.verdict.note else []
            lines += [f"  {line}" for line in describe_scene(self.verdict.scene)] if self.verdict.scene else []
            lines += [f"  {self.seed}"]
        if self.verdict.output:
            lines += ["  it printed:", *(f"    {line}" for line in self.verdict.output.splitlines()[:20])]
        return "\n".join([*lines, *(f"  {remark}" for remark in self.remarks)])

    @property
    def seed(self) -> str:
        """The seeds of the questions that were asked, and the way to be asked others."""
        seed, last = self.verdict.seed, self.verdict.last_seed
        if last is not None and last > seed:
            return f"Asked with seeds {seed} to {last}."
        return f'Asked with seed {seed}; check("{self.verdict.exercise}", seed={seed + 1}) asks other questions.'

    def _repr_html_(self) -> str:
        verdict, first = self.verdict, True
        items = []
        if verdict.status != MISSING:
            for finding, again in _in_turn(verdict.findings):
                items.append(f"<li>{_item(finding, again, opened=first, table=not verdict.note)}</li>")
                first = first and finding.holds
        body = f'<ul style="list-style: none; padding-left: 0.5em">{"".join(items)}</ul>' if items else ""
        if verdict.note and verdict.status != MISSING:
            body += f"<p>{escape(verdict.note)}</p>"
        if verdict.output:
            body += f"<details><summary>What it printed</summary><pre>{escape(verdict.output)}</pre></details>"
        if verdict.status != MISSING:
            body += f"<p><small>{escape(self.seed)}</small></p>"
        body += "".join(f"<p>{escape(remark)}</p>" for remark in self.remarks)
        colour = "#2e7d32" if verdict.status == CORRECT else "#b26a00"
        return (
            f'<div role="group" aria-label="{escape(self.headline, quote=True)}" '
            f'style="border-left: 4px solid {colour}; padding: 0.2em 0.8em; overflow-x: auto">'
            f"<p><strong>{escape(self.headline)}</strong></p>{body}</div>"
        )


def _in_turn(findings: Sequence[Finding]) -> Iterator[tuple[Finding, bool]]:
    """The findings, and of each whether one before it said the same."""
    said: set[str] = set()
    for finding in findings:
        yield finding, finding.message in said
        if not finding.holds:
            said.add(finding.message)


def _item(finding: Finding, again: bool, opened: bool, table: bool) -> str:
    if finding.holds:
        return f"✓ {escape(finding.says)}"
    words = f"✗ {escape(finding.says)}"
    if not table:
        return words
    if again:
        return f"{words}<br><em>{SAME}</em>"
    rows = "".join(
        "<tr>"
        + "".join(f'<td style="text-align: left; padding-right: 1em">{escape(cell)}</td>' for cell in row)
        + "</tr>"
        for row in finding.rows
        if any(row)
    )
    return (
        f"{words}<br><em>{escape(finding.message)}</em><details{' open' if opened else ''}>"
        f"<summary>The smallest case that shows it</summary><table>{rows}</table></details>"
    )


def describe_scene(scene: Scene) -> list[str]:
    """The run in lines of text: the events around the guilty one, an arrow at it, and why."""
    first = max(0, scene.at - BEFORE)
    part = scene.events[first : scene.at + AFTER + 1]
    rows = [("", f"event {first + place}", *_words(event)) for place, event in enumerate(part, start=1)]
    rows[scene.at - first] = ("→", *rows[scene.at - first][1:])
    return [
        f"A run of {number_of(len(scene.events), 'event')} shows it:",
        *(f"  {row}" for row in text_table(rows)),
        scene.why,
    ]


def _words(event: Event) -> tuple[str, str, str]:
    fields = as_dict(event)
    kind, at = fields.pop("kind"), fields.pop("at")
    return f"{at:g} s", kind, ", ".join(f"{name} {value}" for name, value in fields.items())


def text_table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines, columns aligned; an empty header is left out."""
    rows = [row for row in rows if any(row)]
    columns = max((len(row) for row in rows), default=0)
    widths = [max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(columns)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in rows]
