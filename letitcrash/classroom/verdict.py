"""The verdict on an answer to an exercise, as data: findings, points, a status."""

from dataclasses import dataclass

from letitcrash.classroom.criterion import Scene
from letitcrash.classroom.exam import AGREES, Exercise

CORRECT, PARTIAL, WRONG, CRASHED, TIMED_OUT = "correct", "partial", "wrong", "crashed", "time-out"
MISSING, UNREADABLE = "missing", "unreadable"


@dataclass(frozen=True)
class Finding:
    """The result of one criterion: `message` says what went wrong; `rows` is the smallest case that shows it."""

    criterion: str
    says: str
    points: float
    holds: bool
    message: str = ""
    rows: tuple = ()


@dataclass(frozen=True)
class Verdict:
    """The result of an exercise under a seed. `note` is a sentence when no criterion could be asked.

    `figures` are the numbers that a right answer was judged by, in a sentence. `check` alone asks for a `scene`, a run
    to watch, makes `remarks`, and asks more seeds, up to `last_seed`.
    """

    exercise: str
    status: str
    findings: tuple[Finding, ...]
    seed: int
    note: str = ""
    output: str = ""
    scene: Scene | None = None
    figures: str = ""
    remarks: tuple[str, ...] = ()
    last_seed: int | None = None

    @property
    def points(self) -> float:
        """The points that were scored."""
        return sum(finding.points for finding in self.findings if finding.holds)

    @property
    def total(self) -> float:
        """The points that could be scored."""
        return sum(finding.points for finding in self.findings)


def without_evidence(exercise: Exercise, seed: int, status: str, note: str, output: str = "") -> Verdict:
    """The verdict when there was nothing to judge: no points, and a sentence that says why."""
    findings = [Finding(each.name, each.says, each.points, False, note) for each in exercise.criteria]
    if exercise.searches:
        findings.append(Finding(AGREES, exercise.searches.says, exercise.searches.points, False, note))
    return Verdict(exercise.name, status, tuple(findings), seed, note, output)
