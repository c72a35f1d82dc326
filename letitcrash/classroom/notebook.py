"""What a lab's notebook calls: check, keep, part, yours, finish, sabotage. They tell; part and finish may raise."""

import contextlib
import dataclasses
import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from letitcrash.classroom import drive, exam, parts, sources
from letitcrash.classroom.exam import ExamError, Exercise
from letitcrash.classroom.judge import CORRECT, MISSING, Verdict, judge, scene, without_evidence
from letitcrash.classroom.reader import Reader
from letitcrash.classroom.report import Report

SEED = 0
"""What check() asks with unless told otherwise, so that a class sees the same questions."""

_seen: dict[tuple, Verdict] = {}
_bets: dict[tuple[str, str, str], tuple[str, bool]] = {}
"""Each sabotage's first bet, and whether it was right: the second one has seen the answer."""


class Unfinished(Exception):
    """What is left of a lab, in one sentence."""

    def _render_traceback_(self) -> list[str]:
        """IPython shows the sentence and nothing else."""
        return [f"Unfinished: {self}"]


def check(name: str, seed: int = SEED) -> None:
    """Say how the exercise `name` stands: a sentence per criterion, the smallest failing case, the seed. Never raises.

    Where a failing case is a run, the player opens on it, at the moment when it goes wrong. The answer is the last cell
    that was run and defines the exercise's names. It runs again in a copy of the notebook's names, so that what it does
    there changes nothing here.
    """
    reader = Reader(sys._getframe(1).f_globals)
    with _calmly(f"check({name!r})"):
        exercise = _exercise(name, reader)
        verdict = _verdict(exercise, seed, reader)
        _show(Report(verdict, [] if verdict.status == CORRECT else _idle(reader.answer(exercise))))


def keep(name: str) -> None:
    """Save the reader's source of the exercise `name` for later labs, once its check passes. Never raises."""
    reader = Reader(sys._getframe(1).f_globals)
    with _calmly(f"keep({name!r})"):
        exercise = _exercise(name, reader)
        if not exercise.parts:
            return print(f"{name}: no later lab asks for this one, so there is nothing to keep")
        verdict = _verdict(exercise, SEED, reader)
        if verdict.status != CORRECT:
            return print(f"{name}: not kept yet; its check passes first")
        source = reader.standing_alone(exercise)
        alone = drive.gather(exercise.job(source, SEED))
        if judge(exercise, SEED, alone).status != CORRECT:
            return print(f"{name}: not kept; away from this notebook {_why(exercise, alone)}")
        for part_name in exercise.parts:
            path, new = parts.keep(part_name, source)
            older = len(parts.versions(part_name)) - 1
            past = f", and {older} before it" if older else ""
            print(f"{part_name}: {'kept' if new else 'kept already'} as {path.parent.name}/{path.name}{past}")


def part(name: str) -> Any:
    """The reader's own part `name` when one was kept, else the library's; says which. Raises LookupError for none."""
    for path, kept in parts.newest(name):
        if not isinstance(kept, Exception):
            print(f"{name}: yours, from {path.parent.name}/{path.name}")
            return kept
        print(f"{name}: your {path.parent.name}/{path.name} is damaged ({kept}); it is left as it is")
    own = parts.reference(name)
    print(f"{name}: the library's")
    return own


def yours(ran: Mapping[str, Any], of: str) -> None:
    """Say how many of the parts that `part` gave, by name, are the reader's own; they ran in what `of` names."""
    own = [name for name, each in ran.items() if each is not parts.reference(name)]
    named = f": {', '.join(own)}" if own else "; the library has its own of each"
    print(f"{len(own)} of {len(ran)} parts of {of} {'is' if len(own) == 1 else 'are'} yours{named}.")


def finish() -> None:
    """A lab's last cell: raises Unfinished, in one sentence that names what is left; says so when nothing is."""
    reader = Reader(sys._getframe(1).f_globals)
    exercises = exam.load(reader.lab())
    verdicts = [_verdict(exercise, SEED, reader) for exercise in exercises.values()]
    left = [f"{verdict.exercise} ({_left(verdict)})" for verdict in verdicts if verdict.status != CORRECT]
    if left:
        raise Unfinished(f"{len(left)} of {len(verdicts)} exercises are left: {', '.join(left)}")
    print(f"All {len(verdicts)} exercises stand. The shop is yours.")
    if _bets:
        print(f"Sabotage: {sum(right for _, right in _bets.values())} of {len(_bets)} first bets were right.")


def sabotage(name: str, line: str, instead: str, bet: str | None = None, seed: int = SEED) -> None:
    """Check the exercise `name` with one line broken, and compare with the criterion you bet on. Never raises.

    `line` is a piece of your answer that occurs once, `instead` what takes its place. Your own code stays as it is.
    Without a bet nothing is run: the criteria are named, for you to choose the one that will go red.
    """
    reader = Reader(sys._getframe(1).f_globals)
    with _calmly(f"sabotage({name!r})"):
        exercise = _exercise(name, reader)
        if _verdict(exercise, seed, reader).status != CORRECT:
            return print(f"{name}: there is nothing to break yet; its check passes first")
        answer = reader.answer(exercise)
        if answer.count(line) != 1:
            return print(
                f"{name}: {line!r} stands {answer.count(line)} times in your answer; give a piece that stands once"
            )
        if bet not in {criterion.name for criterion in exercise.criteria}:
            return print(_bet_first(exercise, bet))
        verdict = _verdict(exercise, seed, reader, answer.replace(line, instead))
        red = [finding.criterion for finding in verdict.findings if not finding.holds]
        first, _ = _bets.setdefault((name, line, instead), (bet, bet in red))
        _show(Report(verdict, [_settled(bet, red, first)]))


def _exercise(name: str, reader: Reader) -> Exercise:
    """The exercise `name` of the lab that the reader is in. Raises ExamError in words."""
    exercises = exam.load(reader.lab(name))
    if name not in exercises:
        near = sources.nearest(str(name), exercises)
        raise ExamError(
            f"this lab has no exercise {name!r}; it has {', '.join(exercises)}" + f", like {near!r}" * bool(near)
        )
    return exercises[name]


def _verdict(exercise: Exercise, seed: int, reader: Reader, answer: str | None = None) -> Verdict:
    """How the answer stands: asked once for the same answer, exercise and seed."""
    answer = reader.answer(exercise) if answer is None else answer
    if not answer:
        return without_evidence(exercise, seed, MISSING, _absent(exercise, reader))
    needed = [_exercise(need, reader) for need in exercise.needs]
    before = [reader.answer(need) for need in needed]
    for need, source in zip(needed, before, strict=True):
        if not source or sources.is_stub(source):
            return without_evidence(exercise, seed, MISSING, f"it builds on {need.name}, which is not done yet")
    text = "\0".join([*before, answer, exercise.driver_source])
    key = (exercise.name, seed, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    if key not in _seen:
        with parts.put_away(exercise.parts, exercise.hides) as hide:
            gathered = drive.gather(exercise.job(answer, seed, before), dict(reader.names), hide)
        verdict = judge(exercise, seed, gathered)
        _seen[key] = dataclasses.replace(verdict, scene=scene(exercise, seed, gathered))
    return _seen[key]


def _idle(answer: str) -> list[str]:
    return [f"Line {line}: {wait} without await: nobody waits there." for line, wait in sources.not_awaited(answer)]


def _absent(exercise: Exercise, reader: Reader) -> str:
    name = next((each for each in exercise.defines if each not in reader.names), exercise.defines[0])
    mine = [key for key, value in reader.names.items() if callable(value) and not key.startswith("_")]
    if near := sources.nearest(name, mine):
        return f"nothing here is called {name}; there is {near}. If that is it, give it its name back and run its cell"
    return (
        f"nothing here is called {name}: run the cell {exercise.cell_id} first; if it was deleted, any cell that "
        f"defines {name} will do"
    )


def _left(verdict: Verdict) -> str:
    if verdict.note:
        return verdict.note.split(":")[0] if verdict.status == MISSING else verdict.status
    return f"{sum(not finding.holds for finding in verdict.findings)} of {len(verdict.findings)} criteria fail"


def _why(exercise: Exercise, gathered: dict[str, Any]) -> str:
    verdict = judge(exercise, SEED, gathered)
    return verdict.note or next(finding.message for finding in verdict.findings if not finding.holds)


def _bet_first(exercise: Exercise, bet: str | None) -> str:
    known = "" if bet is None else f"{bet!r} is none of them. "
    names = "".join(f"\n  {criterion.name}\n      {criterion.says}" for criterion in exercise.criteria)
    return f"{known}Bet first: which of these goes red? Give its name as bet=...{names}"


def _settled(bet: str, red: Sequence[str], first: str) -> str:
    went = f"Red went {', '.join(red)}." if red else "Nothing went red: the exam does not see this line."
    settled = f"{went} You bet on {bet}: {'right' if bet in red else 'that one still holds'}."
    return settled if bet == first else f"{settled} Your first bet, on {first}, is the one that counts."


def _show(report: Report) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return print(report)
    if not get_ipython():
        return print(report)
    display(report)
    if player := report.player():
        display(player)


@contextlib.contextmanager
def _calmly(what: str) -> Iterator[None]:
    """Turn whatever goes wrong into a sentence: the notebook goes on."""
    try:
        yield
    except ExamError as error:
        print(f"{what}: {error}")
    except KeyboardInterrupt:
        print(f"{what} was interrupted; nothing is lost")
    except BaseException as error:
        print(f"{what} itself stopped, and your answer is not to blame: {type(error).__name__}: {error}")
