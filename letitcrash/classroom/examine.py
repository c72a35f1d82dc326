"""Examine an answer in the reader's kernel: gather evidence, judge it, and find the shortest case that shows a mistake.

All green is not said before other seeds were asked. A search's scenario is shortened here, and parts that were kept by
earlier labs are exchanged for the library's, to name the one that misbehaves. The grader does neither.
"""

import contextlib
import dataclasses
import hashlib
import inspect
import json
import re
import textwrap
import time
from collections.abc import Iterator, Sequence
from typing import Any

from letitcrash.classroom import cells, doors, drive, functions, judge, parts, references, search
from letitcrash.classroom.criterion import Case
from letitcrash.classroom.exam import Exercise
from letitcrash.classroom.limits import Limits
from letitcrash.classroom.reader import Answer, Reader, Unanswered
from letitcrash.classroom.verdict import CORRECT, CRASHED, MISSING, TIMED_OUT, Verdict, without_evidence
from letitcrash.process.awaits import forgotten_in

SEED = 0
"""The first seed that check() asks with unless told otherwise, so that a class sees the same questions."""
SEEDS = 20
"""Seeds that have to be green."""
SECONDS_FOR_OTHER_SEEDS = 6.0
"""Time for the other seeds, all together; usual is less than one."""

_seen: dict[tuple, Verdict] = {}


def examine(exercise: Exercise, reader: Reader, seed: int = SEED) -> Verdict:
    """The verdict on the reader's answer, under twenty seeds; the first that goes wrong is told. Raises nothing.

    KeyboardInterrupt is the reader's Stop, and passes. The same answer is asked once, as long as
    what it uses of other cells is the same too.
    """
    try:
        answer = reader.answer(exercise)
    except Unanswered as why:
        return without_evidence(exercise, seed, CRASHED if why.broken else MISSING, str(why))
    key = (exercise.name, seed, _digest(exercise, answer), reader.surroundings(exercise))
    if key not in _seen:
        _seen[key] = _examined(exercise, reader, answer, seed)
    return _seen[key]


def tried(exercise: Exercise, reader: Reader, answer: Answer, seed: int) -> Verdict:
    """The verdict on `answer` under one seed, as the grader would give it."""
    try:
        return judge.judge(exercise, seed, _gathered(exercise, reader, answer, exercise.job("", seed)))
    except drive.Endless:
        return without_evidence(exercise, seed, TIMED_OUT, judge.trouble({"late": True}))


def _examined(exercise: Exercise, reader: Reader, answer: Answer, seed: int) -> Verdict:
    started = time.monotonic()
    verdict = tried(exercise, reader, answer, seed)
    first, last = verdict, seed
    while verdict.status == CORRECT and last < seed + SEEDS - 1:
        if time.monotonic() - started > SECONDS_FOR_OTHER_SEEDS:
            break
        last += 1
        verdict = tried(exercise, reader, answer, last)
    if verdict.status == CORRECT:
        remarks = _not_for_grading(answer) or _not_alone(exercise, reader, seed)
        return dataclasses.replace(first, last_seed=last, remarks=tuple(remarks))
    return _explained(exercise, reader, answer, verdict)


def _explained(exercise: Exercise, reader: Reader, answer: Answer, verdict: Verdict) -> Verdict:
    """The verdict with the shortest scenario, a run to watch, and remarks."""
    remarks = [*_idle(answer, reader), *_without_return(exercise, answer), *_not_for_grading(answer)]
    if verdict.status == TIMED_OUT:
        return dataclasses.replace(verdict, remarks=tuple(remarks))
    gathered = _gathered(exercise, reader, answer, exercise.job("", verdict.seed))
    scene = judge.scene(exercise, verdict.seed, gathered)
    *named, last = verdict.findings
    if exercise.searches and not last.holds and not verdict.note:
        failure = _shortest(exercise, reader, answer, next(judge.differing(exercise, verdict.seed, gathered)))
        verdict = dataclasses.replace(verdict, findings=(*named, judge.searched(exercise, failure)))
        if all(finding.holds for finding in named):
            scene = judge.scene_of_search(exercise, failure)
    remarks += _culprits(exercise, reader, answer, verdict)
    return dataclasses.replace(verdict, scene=scene, remarks=tuple(remarks))


def _shortest(exercise: Exercise, reader: Reader, answer: Answer, failure: judge.Failure) -> judge.Failure:
    """The shortest scenario like this one on which the answer and the reference still differ."""
    found, started = [failure], time.monotonic()

    def first_that_differs(scenarios: list[Case]) -> Case | None:
        if time.monotonic() - started > SECONDS_FOR_OTHER_SEEDS:
            return None
        job = {**exercise.job("", 0), "cases": [], "scenarios": scenarios}
        seen = _gathered(exercise, reader, answer, job).get("searched") or [{}] * len(scenarios)
        right = references.replayed(exercise, scenarios)
        for each in scenarios:
            at = scenarios.index(each)
            if smaller := next(judge.compared(exercise, [each], [drive.plain(seen[at])], [right[at]]), None):
                found.append(smaller)
                return each
        return None

    with contextlib.suppress(drive.Endless):  # the shortest so far is good enough
        search.shrunk(failure.case, first_that_differs)
    return found[-1]


def _gathered(exercise: Exercise, reader: Reader, answer: Answer, job: dict[str, Any]) -> dict[str, Any]:
    """The evidence of the answer, within the limits of a check. Raises KeyboardInterrupt when the reader stops it."""
    return _played(exercise, {**job, "answer": answer.source, "before": list(answer.before)}, dict(reader.names))


def _played(exercise: Exercise, job: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    with Limits() as limits, parts.hide_library_answers(exercise.hidden) as hide, doors.shut():
        gathered = drive.gather(job, names, hide, limits.over)
    if limits.stopped:
        raise KeyboardInterrupt
    return gathered


def _culprits(exercise: Exercise, reader: Reader, answer: Answer, verdict: Verdict) -> Iterator[str]:
    """A sentence about each kept part without which the answer fares better."""
    for name, kept in parts.given().items():
        places = [place for place, value in reader.names.items() if value is kept]
        if not places:
            continue
        reader.names.update(dict.fromkeys(places, parts.reference(name)))
        try:
            other = tried(exercise, reader, answer, verdict.seed)
        finally:
            reader.names.update(dict.fromkeys(places, kept))
        if other.points > verdict.points:
            held = sum(finding.holds for finding in other.findings)
            yield (
                f"With the library's {name} in place of the one that you kept, {held} of {len(other.findings)} hold: "
                f'look at your {name} again, or take the library\'s with part("{name}", whose="library").'
            )


def _idle(answer: Answer, reader: Reader) -> list[str]:
    calls = forgotten_in(answer.source, reader.coroutines())
    return [f"Line {line}: {call}() without await: nobody waits there." for line, call in calls]


def _without_return(exercise: Exercise, answer: Answer) -> list[str]:
    """A sentence about each function that returns nothing where the library's returns something."""
    try:
        right = "\n\n".join(_source(exercise, name) for name in exercise.defines if name in exercise.right)
    except (OSError, TypeError, LookupError):
        return []
    silent = functions.returns_nothing(answer.source, right)
    return [f"Line {line}: {name} never returns a value: is a return missing?" for line, name in silent]


def _source(exercise: Exercise, name: str) -> str:
    """The source of the reference for `name`, under that name. Raises OSError or TypeError where there is none."""
    right = references.resolve(exercise.right[name])
    source = textwrap.dedent(inspect.getsource(right))
    return re.sub(rf"\b(def|class) {re.escape(right.__name__)}\b", rf"\1 {name}", source, count=1)


def _not_for_grading(answer: Answer) -> list[str]:
    absent = cells.not_importable("\n\n".join([*answer.before, answer.source]))
    return [f"Grading has no {name}: an answer that imports it counts for nothing there." for name in absent]


def _not_alone(exercise: Exercise, reader: Reader, seed: int) -> list[str]:
    """A sentence where a right answer needs of the notebook what grading does not take along."""
    if not reader.cells:
        return []
    job = exercise.job(reader.standing_alone(exercise), seed)
    needed = {name: value for each in exercise.needed for name, value in references.names(each).items()}
    verdict = judge.judge(exercise, seed, _played(exercise, job, needed))
    if verdict.status == CORRECT:
        return []
    why = verdict.note or next(finding.message for finding in verdict.findings if not finding.holds)
    return [
        "Grading runs this cell alone, with the definitions that it uses from other cells, and then "
        f"{why.rstrip('.')}. Put what the answer needs into its own cell."
    ]


def _digest(exercise: Exercise, answer: Answer) -> str:
    travelling: Sequence[str] = [*answer.before, answer.source, exercise.driver_source, exercise.player_source]
    return hashlib.sha256(json.dumps(travelling).encode()).hexdigest()
