"""Results for people: a page for each student, one for the class. All that a student wrote is escaped; nothing runs."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path
from statistics import median

from letitcrash.classroom.grading.files import printable, replace
from letitcrash.classroom.grading.results import Line, Result
from letitcrash.classroom.grading.sandbox import SANDBOXED
from letitcrash.classroom.release import Release
from letitcrash.classroom.report import SAME
from letitcrash.classroom.verdict import CORRECT
from letitcrash.text import number_of

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem;
  overflow-wrap: anywhere; }
ul { list-style: none; padding-left: .5rem; } li { margin: .4rem 0; }
table { border-collapse: collapse; margin: .5rem 0; } td, th { padding: .2rem .6rem; text-align: left; }
th, td { border-bottom: 1px solid #8885; } td.n { text-align: right; }
.scroll { overflow-x: auto; overflow-wrap: normal; } .stumbled td { min-width: 9rem; vertical-align: top; }
.stumbled th[colspan] { max-width: none; padding-top: .8rem; } td.count { white-space: nowrap; }
@media (max-width: 40rem) { .stumbled :is(tbody, tr, td, th) { display: block; border: 0; }
  .stumbled tr:first-child { display: none; } .stumbled tr { border-bottom: 1px solid #8885; } }
.scroll th[scope=row] { min-width: 8rem; max-width: 20rem; overflow-wrap: anywhere; }
pre { overflow: auto; max-height: 20rem; padding: .5rem; border: 1px solid #8885; } em { font-style: italic; }
.warn { border: 2px solid #c62828; padding: .5rem 1rem; } meter { width: 8rem; }
"""
SANDBOXED_WORDS = "Sandboxed: each answer ran alone, without network, other processes or anybody's files."
UNTRUSTED_WORDS = (
    "Untrusted: this was graded without a sandbox, because bubblewrap is not installed or does not work here. "
    "An answer could read the exam, other students' work and whatever else the grader's account can read."
)
NOT_SAID = """<h2>What these marks do not say</h2><ul>
<li><strong>Authorship.</strong> Copies are not looked for, and the solutions are public: ask, at the desk.</li>
<li><strong>How it came about.</strong> An answer runs beside its questions. Evidence that is right is given the points,
by whatever means it was made; the cases are drawn anew, so that nobody can know them beforehand.</li>
<li><strong>What was written in words,</strong> predicted, bet or broken on purpose. Read it yourself; points of yours
go into <code>notes.csv</code>.</li>
<li><strong>Whether the machine was busy.</strong> A time-out that names seconds, and not steps, may be its fault: grade
again with more <code>--grade-seconds</code>.</li></ul>
"""


def write(results: Sequence[Result], labs: Sequence[Release], folder: Path) -> list[Path]:
    """Write feedback/<lab>/<student>.html for everybody and class.html; returns what a teacher is told of."""
    for result in results:
        replace(folder / "feedback" / result.lab / f"{result.slug}.html", student_page(result))
    replace(folder / "class.html", class_page(results, labs))
    return [folder / "class.html", folder / "feedback"]


def page(title: str, body: str) -> str:
    """A whole page that loads nothing and runs nothing."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_safe(title)}</title><style>{STYLE}</style></head>\n<body><main>{body}</main></body></html>\n"
    )


def student_page(result: Result) -> str:
    """The page that one student gets back for one lab."""
    body = [f"<h1>{_safe(result.student)}: {_safe(result.lab)}</h1>", _warning([result])]
    body.append(f"<p><strong>{result.final:g} of {result.total:g} points</strong>")
    if result.late_days:
        body.append(
            f" ({result.earned:g}, and {number_of(result.late_days, 'day')} late at {result.late_percent:g} % a day)"
        )
    body.append("</p>")
    body += [f"<p><em>{_safe(comment)}</em></p>" for comment in result.comments]
    body += [_exercise(line) for line in result.lines]
    return page(f"{result.student}, {result.lab}", "".join(body))


def _exercise(line: Line) -> str:
    record = line.record
    status = record.status if record else "not graded yet"
    parts = [f"<h2>{_safe(line.exercise)}: {_safe(status)}, {line.points:g} of {line.total:g}</h2>"]
    if line.given is not None:
        given, machine = number_of(line.given, "point"), record.points if record else 0
        parts.append(f"<p>Your teacher gave {given}; the machine {machine:g}.</p>")
    parts += [f"<p><em>{_safe(comment)}</em></p>" for comment in line.comments]
    if record is None:
        return "".join(parts)
    if record.note:
        parts.append(f"<p>{_safe(record.note)}</p>")
    parts.append("<ul>")
    known = {record.note, ""}
    for finding in record.findings:
        sign, said = ("✓", "") if finding["holds"] else ("✗", finding["message"])
        parts.append(f"<li>{sign} {_safe(finding['says'])} ({finding['points']:g})")
        if said not in known:
            known.add(said)
            parts.append(f"<br><em>{_safe(said)}</em>{_rows(finding['rows'])}")
        elif said and said != record.note:
            parts.append(f"<br><em>{SAME}</em>")
        parts.append("</li>")
    parts.append("</ul>")
    if record.output:
        parts.append(f"<details><summary>What it printed</summary><pre>{_safe(record.output)}</pre></details>")
    how = f"{record.how}; " if record.how else ""
    call = f'check("{record.exercise}", seed={record.seed})'
    parts.append(
        f"<p><small>{_safe(how)}{_safe(record.sandbox)}; <code>{_safe(call)}</code> asks the same.</small></p>"
    )
    return "".join(parts)


def _rows(rows: Sequence[Sequence[str]]) -> str:
    cells = ["".join(f"<td>{_safe(cell)}</td>" for cell in row) for row in rows if any(row)]
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    return (
        f"<details><summary>The smallest case that shows it</summary><table>{table}</table></details>" if cells else ""
    )


def class_page(results: Sequence[Result], labs: Sequence[Release]) -> str:
    """The teacher's page: how the class did, where it stumbled, what the exam can tell apart."""
    body = ["<h1>The class</h1>", _warning(results)]
    for lab in labs:
        if of_lab := [result for result in results if result.lab == lab.name]:
            body += [
                f"<h2>{_safe(lab.name)}</h2>",
                _summary(of_lab),
                _stumbled(of_lab),
                _everybody(of_lab),
                _matrix(lab),
            ]
    return page("The class", "".join([*body, NOT_SAID]))


def _warning(results: Sequence[Result]) -> str:
    kinds = {line.record.sandbox for result in results for line in result.lines if line.record}
    if kinds - {SANDBOXED}:
        return f'<p class="warn">{UNTRUSTED_WORDS}</p>'
    return f"<p>{SANDBOXED_WORDS}</p>" if kinds else ""


def _summary(results: Sequence[Result]) -> str:
    scores = [100 * result.final / result.total for result in results if result.graded]
    if not scores:
        return "<p>Nobody has been graded yet.</p>"
    return (
        f"<p>{number_of(len(results), 'student')}, {len(scores)} graded; median {median(scores):.0f} %, "
        f"{sum(result.stands for result in results)} with everything correct.</p>"
    )


def _stumbled(results: Sequence[Result]) -> str:
    """A row per criterion, the most failed first within its exercise, and what was said most often."""
    rows = []
    for number, first in enumerate(results[0].lines):
        records = [result.lines[number].record for result in results if result.lines[number].record]
        if not records:
            continue
        statuses = Counter(record.status for record in records)
        told = ", ".join(f"{count} {status}" for status, count in statuses.most_common())
        seconds = median(record.seconds for record in records)
        rows.append(
            f'<tr><th scope="row" colspan="3">{_safe(first.exercise)}: {told}; median {seconds:.2f} s</th></tr>'
        )
        tried = [record for record in records if not record.note]
        failures = [
            (finding["says"], [each.findings[at]["message"] for each in tried if not each.findings[at]["holds"]])
            for at, finding in enumerate(records[0].findings)
        ]
        for says, failed in sorted(failures, key=lambda each: -len(each[1])):
            share = len(failed) / len(tried) if tried else 0
            example = Counter(failed).most_common(1)[0][0] if failed else ""
            rows.append(
                f'<tr><td>{_safe(says)}</td><td class="count">'
                f'<meter low=".2" high=".5" optimum="0" value="{share:.2f}">{share:.0%}</meter> '
                f"{len(failed)} of {len(tried)} fail</td><td>{_safe(example)}</td></tr>"
            )
    head = "<tr><th>What should hold</th><th>Of those whose code ran</th><th>Said most often</th></tr>"
    table = f'<table class="stumbled">{head}{"".join(rows)}</table>'
    return f'<h3>Where the class stumbled</h3><div class="scroll">{table}</div>'


def _everybody(results: Sequence[Result]) -> str:
    names = "".join(f"<th>{_safe(line.exercise)}</th>" for line in results[0].lines)
    rows = []
    for result in results:
        cells = "".join(
            f"<td>{_safe(line.record.status if line.record else 'not graded')} {line.points:g}</td>"
            for line in result.lines
        )
        late = f"{result.late_days:g}" if result.late_days else ""
        link = _safe(f"feedback/{result.lab}/{result.slug}.html")
        rows.append(
            f'<tr><th scope="row"><a href="{link}">{_safe(result.student)}</a></th>{cells}'
            f'<td>{late}</td><td class="n">{result.final:g}</td></tr>'
        )
    head = f"<tr><th>Student</th>{names}<th>Days late</th><th>Of {results[0].total:g}</th></tr>"
    return f'<h3>Everybody</h3><div class="scroll"><table>{head}{"".join(rows)}</table></div>'


def _matrix(lab: Release) -> str:
    """The table of misconceptions and the criteria that each fails, which is all that the exam can tell apart."""
    tables = []
    for exercise in lab.exercises.values():
        rejects = [sample for sample in lab.rejects() if sample.exercise == exercise.name]
        head = "".join(f"<th>{_safe(criterion.name.replace('_', ' '))}</th>" for criterion in exercise.criteria)
        rows = "".join(
            f'<tr><th scope="row">{_safe(sample.fields["belief"])}</th>'
            + "".join(f"<td>{'✗' if each.name in sample.names('fails') else ''}</td>" for each in exercise.criteria)
            + "</tr>"
            for sample in rejects
        )
        head = f"<tr><th>A student who believes that…</th>{head}</tr>"
        tables.append(f"<h4>{_safe(exercise.name)}</h4><table>{head}{rows}</table>")
    return f'<h3>What the exam tells apart</h3><div class="scroll">{"".join(tables)}</div>'


def statuses(results: Sequence[Result]) -> str:
    """The number of exercises of each status, in a line."""
    counts = Counter(line.record.status if line.record else "not graded" for each in results for line in each.lines)
    return ", ".join(
        f"{count} {status}" for status, count in sorted(counts.items(), key=lambda each: each[0] != CORRECT)
    )


def _safe(text: object) -> str:
    return escape(printable(str(text)), quote=True)
