"""Judge evidence: criteria in, verdict out. This runs in a process that need never have run the student's code."""

import contextlib
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from letitcrash.classroom import references, shape
from letitcrash.classroom.criterion import Case, Criterion, Scene, scene_of
from letitcrash.classroom.drive import plain
from letitcrash.classroom.exam import AGREES, Exercise
from letitcrash.classroom.tables import Instead, shown
from letitcrash.classroom.verdict import (
    CORRECT,
    CRASHED,
    MISSING,
    PARTIAL,
    TIMED_OUT,
    WRONG,
    Finding,
    Verdict,
    without_evidence,
)


@dataclass(frozen=True)
class Failure:
    """A case that a criterion does not hold for: the message, the evidence, and what the reference has there."""

    message: str
    case: Case
    item: dict[str, Any]
    right: Any = None


def judge(exercise: Exercise, seed: int, gathered: dict[str, Any]) -> Verdict:
    """The verdict on what `drive.gather` brought back for the cases and scenarios of `seed`.

    `gathered` may be forged: whatever has the wrong shape is an answer that went wrong.
    """
    output = gathered.get("output") if isinstance(gathered.get("output"), str) else ""
    evidence = _evidence(gathered, "evidence", len(exercise.cases_for(seed)))
    if evidence is None:
        return _unasked(exercise, seed, gathered, output)
    judged = _judged(exercise, seed, gathered)
    findings = [_finding(each, next(failures, None), exercise) for each, failures in judged]
    if exercise.searches:
        findings.append(searched(exercise, next(differing(exercise, seed, gathered), None)))
    note = ""
    if all("stub" in item for item in evidence):
        note = f"not done yet: {str(evidence[0]['stub'])[:300]}" if evidence[0]["stub"] else "not done yet"
    status = _status(findings, evidence)
    figures = _figures(exercise, seed, evidence) if status == CORRECT else ""
    return Verdict(exercise.name, status, tuple(findings), seed, note, output[:5000], figures=figures)


def scene(exercise: Exercise, seed: int, gathered: dict[str, Any]) -> Scene | None:
    """The shortest run that shows what went wrong; the search's where no other criterion has one. Never raises."""
    found = list(runs(exercise, seed, gathered))
    if not found and exercise.searches and exercise.searches.shows:
        found = [scene_of_search(exercise, each) for each in islice(differing(exercise, seed, gathered), 1)]
    return min(filter(None, found), key=lambda each: len(each.events), default=None)


def runs(exercise: Exercise, seed: int, gathered: dict[str, Any]) -> Iterator[Scene]:
    """Of each criterion the run of the smallest failing case that makes one."""
    for criterion, failures in _judged(exercise, seed, gathered):
        made = (_made(lambda each, own=criterion: own.scene(each.case, each.item["value"]), each) for each in failures)
        if found := next(filter(None, made), None):
            yield found


def scene_of_search(exercise: Exercise, failure: Failure) -> Scene | None:
    """The run of a scenario that differs, where the exam shows one."""
    shows = exercise.searches.shows
    return _made(lambda each: shows and scene_of(AGREES, shows(each.case, each.item["value"], each.right)), failure)


def differing(exercise: Exercise, seed: int, gathered: dict[str, Any]) -> Iterator[Failure]:
    """The scenarios of `seed` on which answer and reference differ, the smallest first."""
    scenarios = exercise.scenarios_for(seed)
    seen = _evidence(gathered, "searched", len(scenarios)) or [{}] * len(scenarios)
    return compared(exercise, scenarios, seen, references.expected(exercise, seed)["searched"])


def compared(exercise: Exercise, scenarios: list[Case], seen: list[dict], right: list[dict]) -> Iterator[Failure]:
    """Those of `scenarios` on which the evidence of answer and reference differ, the smallest first."""
    for case, item, own in sorted(zip(scenarios, seen, right, strict=True), key=_size):
        if set(own) == {"value"} and (message := _difference(exercise, case, item, own["value"])):
            yield Failure(message, case, item, own["value"])


def searched(exercise: Exercise, failure: Failure | None) -> Finding:
    """The finding of the search: of the smallest scenario that differs, or that none does."""
    search = exercise.searches
    if failure is None:
        return Finding(AGREES, search.says, search.points, True)
    seen = failure.item.get("value", [])
    if set(failure.item) != {"value"} and isinstance(seen, list):
        seen = [*seen, Instead(trouble(failure.item))]
    with contextlib.suppress(Exception):
        rows = search.rows(failure.case, seen, failure.right)
        return Finding(AGREES, search.says, search.points, False, failure.message[:600], _as_text(rows))
    return Finding(AGREES, search.says, search.points, False, failure.message[:600])


def trouble(item: dict[str, Any]) -> str:
    """The sentence for a case that brought back no value."""
    if "stub" in item:
        return f"not done yet: {str(item['stub'])[:300]}"
    if "late" in item:
        return "it had not ended when the time of this check was up: is there a loop or a wait that never ends?"
    if "endless" in item:
        return f"it went on for more than {shown(item['endless'])} steps: is there a loop that never ends?"
    error = item.get("error")
    if not isinstance(error, dict):
        return "nothing that can be read came back"
    words = f"it stopped with {error.get('type')}: {str(error.get('says'))[:300]}".rstrip(": ")
    return f"{words} (line {shown(error['line'])}: {str(error.get('text'))[:80]})" if error.get("line") else words


def _unasked(exercise: Exercise, seed: int, gathered: dict[str, Any], output: str) -> Verdict:
    broken, missing = gathered.get("broken"), gathered.get("missing")
    if isinstance(missing, list) and missing:
        names = ", ".join(str(name)[:60] for name in missing[:5])
        return without_evidence(exercise, seed, MISSING, f"the cell ran, and {names} is still not defined", output)
    broken = broken if isinstance(broken, dict) else {}
    status = TIMED_OUT if "endless" in broken else MISSING if "stub" in broken else CRASHED
    return without_evidence(exercise, seed, status, f"the cell does not run: {trouble(broken)}", output)


def _evidence(gathered: dict[str, Any], key: str, cases: int) -> list[dict] | None:
    """An item per case, or None when there is nothing to judge."""
    evidence = gathered.get(key)
    if "broken" in gathered or not isinstance(evidence, list) or len(evidence) != cases:
        return None
    return [plain(item) if isinstance(item, dict) and 1 <= len(item) <= 2 else {} for item in evidence]


def _judged(exercise: Exercise, seed: int, gathered: dict[str, Any]) -> list[tuple[Criterion, Iterator[Failure]]]:
    """Each criterion with the cases that it does not hold for, the smallest first, each judged when it is asked for."""
    cases = exercise.cases_for(seed)
    evidence = _evidence(gathered, "evidence", len(cases))
    if evidence is None:
        return []
    expected = references.expected(exercise, seed)
    right = [item.get("value") for item in expected["evidence"]] if expected else [None] * len(cases)
    asked = sorted(zip(cases, evidence, right, strict=True), key=_size)
    return [(each, _failures(each, asked)) for each in exercise.criteria]


def _size(asked: tuple[Case, dict, Any]) -> int:
    """The length of the case: the smallest that fails is told, and no other is judged."""
    return len(json.dumps(asked[0]))


def _failures(criterion: Criterion, asked: list[tuple[Case, dict, Any]]) -> Iterator[Failure]:
    for case, item, right in asked:
        if case["kind"] in criterion.on and (message := _failure(criterion, case, item, right)):
            yield Failure(message, case, item, right)


def _failure(criterion: Criterion, case: Case, item: dict[str, Any], right: Any) -> str | None:
    if set(item) != {"value"}:
        return trouble(item)
    try:
        message = criterion.judge(case, item["value"])
    except Exception:
        message = f"what came back cannot be an answer: {shown(item['value'])}"
    return message and _with_its_shape(message, item["value"], right)


def _difference(exercise: Exercise, case: Case, item: dict[str, Any], right: Any) -> str | None:
    if set(item) != {"value"}:
        return trouble(item)
    try:
        message = exercise.searches.difference(case, item["value"], right)
    except Exception:
        message = f"what came back cannot be an answer: {shown(item['value'])}"
    return message and _with_its_shape(message, item["value"], right)


def _with_its_shape(message: str, value: Any, right: Any) -> str:
    odd = shape.odd(value, right)
    return f"{odd}; {message}" if odd else message


def _finding(criterion: Criterion, worst: Failure | None, exercise: Exercise) -> Finding:
    if worst is None:
        return Finding(criterion.name, criterion.says, criterion.points, True)
    rows = exercise.rows(worst.case, worst.item["value"] if "value" in worst.item else Instead(trouble(worst.item)))
    return Finding(criterion.name, criterion.says, criterion.points, False, worst.message[:600], _as_text(rows))


def _as_text(rows: list) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell if isinstance(cell, str) else shown(cell) for cell in row) for row in rows[:30])


def _made(make: Callable[[Failure], Scene | None], failure: Failure) -> Scene | None:
    """The run of a failure; none where it cannot be made: a strange answer makes no run, and the table is left."""
    if "value" not in failure.item:
        return None
    with contextlib.suppress(Exception):
        return make(failure)
    return None


def _figures(exercise: Exercise, seed: int, evidence: list[dict]) -> str:
    if not exercise.figures:
        return ""
    return exercise.figures(exercise.cases_for(seed), [item["value"] for item in evidence])


def _status(findings: list[Finding], evidence: list[dict]) -> str:
    scored = sum(finding.points for finding in findings if finding.holds)
    if all(finding.holds for finding in findings):
        return CORRECT
    if scored > 0 and not math.isclose(scored, 0):
        return PARTIAL
    if all("stub" in item for item in evidence):
        return MISSING
    if any("endless" in item or "late" in item for item in evidence):
        return TIMED_OUT
    return WRONG if any("value" in item for item in evidence) else CRASHED
