"""Judge evidence: criteria in, verdict out. This runs in a process that need never have run the student's code."""

import contextlib
import json
import math
from dataclasses import dataclass
from typing import Any

from letitcrash.classroom.drive import plain
from letitcrash.classroom.exam import Case, Criterion, Exercise, Scene
from letitcrash.classroom.tables import Instead, shown

CORRECT, PARTIAL, WRONG, CRASHED, TIMED_OUT = "correct", "partial", "wrong", "crashed", "time-out"
MISSING, UNREADABLE = "missing", "unreadable"


@dataclass(frozen=True)
class Finding:
    """How one criterion fared: `message` says what went wrong; `rows` is the smallest case that shows it."""

    criterion: str
    says: str
    points: float
    holds: bool
    message: str = ""
    rows: tuple = ()


@dataclass(frozen=True)
class Verdict:
    """How an exercise stands under a seed. `note` is a sentence when no criterion could be asked.

    `scene` is a run to watch; `check` asks for one, the grader does not.
    """

    exercise: str
    status: str
    findings: tuple[Finding, ...]
    seed: int
    note: str = ""
    output: str = ""
    scene: Scene | None = None

    @property
    def points(self) -> float:
        """What was scored."""
        return sum(finding.points for finding in self.findings if finding.holds)

    @property
    def total(self) -> float:
        """What could be scored."""
        return sum(finding.points for finding in self.findings)


def judge(exercise: Exercise, seed: int, gathered: dict[str, Any]) -> Verdict:
    """The verdict on what `drive.gather` brought back for `exercise.cases_for(seed)`.

    `gathered` may be forged: whatever has the wrong shape is an answer that went wrong.
    """
    cases = exercise.cases_for(seed)
    evidence = _evidence(gathered, len(cases))
    output = gathered.get("output") if isinstance(gathered.get("output"), str) else ""
    if evidence is None:
        return _unasked(exercise, seed, gathered, output)
    findings = tuple(_finding(exercise, criterion, cases, evidence) for criterion in exercise.criteria)
    note = ""
    if all("stub" in item for item in evidence):
        note = f"not done yet: {str(evidence[0]['stub'])[:300]}" if evidence[0]["stub"] else "not done yet"
    return Verdict(exercise.name, _status(findings, evidence), findings, seed, note, output[:5000])


def scene(exercise: Exercise, seed: int, gathered: dict[str, Any]) -> Scene | None:
    """The shortest run that shows what went wrong, of the smallest failing case of each criterion. Never raises."""
    cases = exercise.cases_for(seed)
    evidence = _evidence(gathered, len(cases))
    if evidence is None:
        return None
    found = (_scene(criterion, cases, evidence) for criterion in exercise.criteria if criterion.shows)
    return min(filter(None, found), key=lambda each: len(each.events), default=None)


def without_evidence(exercise: Exercise, seed: int, status: str, note: str, output: str = "") -> Verdict:
    """The verdict when there was nothing to judge: no points, and a sentence that says why."""
    findings = tuple(Finding(each.name, each.says, each.points, False, note) for each in exercise.criteria)
    return Verdict(exercise.name, status, findings, seed, note, output)


def trouble(item: dict[str, Any]) -> str:
    """The sentence for a case that brought back no value."""
    if "stub" in item:
        return f"not done yet: {str(item['stub'])[:300]}"
    if "endless" in item:
        return f"it went on for more than {shown(item['endless'])} steps: is there a loop that never ends?"
    error = item.get("error")
    if not isinstance(error, dict):
        return "nothing that can be read came back"
    what = f"it stopped with {shown(error.get('type'))}: {shown(error.get('says'), 300)}".rstrip(": ")
    return f"{what} (line {shown(error['line'])}: {shown(error.get('text'), 80)})" if error.get("line") else what


def _unasked(exercise: Exercise, seed: int, gathered: dict[str, Any], output: str) -> Verdict:
    broken, missing = gathered.get("broken"), gathered.get("missing")
    if isinstance(missing, list) and missing:
        names = ", ".join(str(name)[:60] for name in missing[:5])
        return without_evidence(exercise, seed, MISSING, f"the cell ran, and {names} is still not defined", output)
    broken = broken if isinstance(broken, dict) else {}
    status = TIMED_OUT if "endless" in broken else MISSING if "stub" in broken else CRASHED
    return without_evidence(exercise, seed, status, f"the cell does not run: {trouble(broken)}", output)


def _evidence(gathered: dict[str, Any], cases: int) -> list[dict] | None:
    """An item per case, or None when there is nothing to judge."""
    evidence = gathered.get("evidence")
    if "broken" in gathered or not isinstance(evidence, list) or len(evidence) != cases:
        return None
    return [plain(item) if isinstance(item, dict) and len(item) == 1 else {} for item in evidence]


def _finding(exercise: Exercise, criterion: Criterion, cases: list[Case], evidence: list[dict]) -> Finding:
    failures = _failures(criterion, cases, evidence)
    if not failures:
        return Finding(criterion.name, criterion.says, criterion.points, True)
    message, case, item = failures[0]
    rows = exercise.rows(case, item["value"] if "value" in item else Instead(trouble(item)))[:30]
    rows = tuple(tuple(shown(cell) for cell in row) for row in rows)
    return Finding(criterion.name, criterion.says, criterion.points, False, message[:600], rows)


def _scene(criterion: Criterion, cases: list[Case], evidence: list[dict]) -> Scene | None:
    for _, case, item in _failures(criterion, cases, evidence):
        with contextlib.suppress(Exception):  # a strange answer makes no run; there is still the table
            if "value" in item and (made := criterion.scene(case, item["value"])):
                return made
    return None


def _failures(criterion: Criterion, cases: list[Case], evidence: list[dict]) -> list[tuple[str, Case, dict]]:
    """The cases that fail, the smallest first: what went wrong, the case and what came back."""
    failures = [
        (message, case, item)
        for case, item in zip(cases, evidence, strict=True)
        if case["kind"] in criterion.on and (message := _failure(criterion, case, item))
    ]
    return sorted(failures, key=lambda failure: len(json.dumps(failure[1])))


def _failure(criterion: Criterion, case: Case, item: dict[str, Any]) -> str | None:
    if "value" not in item:
        return trouble(item)
    try:
        return criterion.judge(case, item["value"])
    except Exception:
        return f"what came back cannot be an answer: {shown(item['value'])}"


def _status(findings: tuple[Finding, ...], evidence: list[dict]) -> str:
    scored = sum(finding.points for finding in findings if finding.holds)
    if all(finding.holds for finding in findings):
        return CORRECT
    if scored > 0 and not math.isclose(scored, 0):
        return PARTIAL
    if all("stub" in item for item in evidence):
        return MISSING
    if any("endless" in item for item in evidence):
        return TIMED_OUT
    return WRONG if any("value" in item for item in evidence) else CRASHED
