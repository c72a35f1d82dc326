"""The functions of a lab's notebook, from check to finish. They say; only part and finish may raise."""

import contextlib
import dataclasses
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from letitcrash.classroom import drive, exam, parts, references
from letitcrash.classroom.criterion import ExamError
from letitcrash.classroom.exam import AGREES, Exercise
from letitcrash.classroom.examine import SEED, examine, tried
from letitcrash.classroom.judge import judge
from letitcrash.classroom.reader import Reader
from letitcrash.classroom.report import Report
from letitcrash.classroom.verdict import CORRECT, MISSING, Verdict
from letitcrash.text import number_of

_bets: dict[tuple[str, str, str], tuple[str, bool]] = {}
"""Each sabotage's first bet, and whether it was right: the second one has seen the answer."""


class Unfinished(Exception):
    """The exercises that are left of a lab, in one sentence."""

    def _render_traceback_(self) -> list[str]:
        """IPython shows the sentence and nothing else."""
        return [f"Unfinished: {self}"]


def check(name: str, seed: int = SEED) -> None:
    """Say how the exercise `name` stands: a sentence per criterion, the shortest failing case, the seed. Never raises.

    Where a failing case is a run, the player opens on it, at the moment when it goes wrong. The answer is the last cell
    that was run and defines the exercise's names. It runs again in a copy of the notebook's names, so that what it does
    there changes nothing here.
    """
    reader = Reader(sys._getframe(1).f_globals)
    with _calmly(f"check({name!r})"):
        _show(Report(examine(reader.exercise(name), reader, seed)))


def keep(name: str) -> None:
    """Save the reader's source of the exercise `name` for later labs, once its check passes. Never raises."""
    reader = Reader(sys._getframe(1).f_globals)
    with _calmly(f"keep({name!r})"):
        print(_kept(reader.exercise(name), reader))


def part(name: str, whose: str = "mine") -> Any:
    """The reader's own part `name` when one was kept, else the library's; says which. Raises LookupError for none.

    `whose="library"` gives the library's in any case.
    """
    if whose not in ("mine", "library"):
        raise LookupError(f'part({name!r}, whose={whose!r}): whose is "mine" or "library"')
    own = parts.reference(name)
    for path, kept in parts.newest(name) if whose == "mine" else ():
        if not isinstance(kept, Exception):
            print(f"{name}: yours, from {path.parent.name}/{path.name}")
            return parts.give(name, kept)
        print(f"{name}: your {path.parent.name}/{path.name} is damaged ({kept}); it is left as it is")
    print(f"{name}: the library's")
    return own


def count_own_parts(ran: Mapping[str, Any], of: str) -> None:
    """Say how many of the parts that `part` gave, by name, are the reader's own; they ran in what `of` names."""
    own = [name for name, each in ran.items() if each is not parts.reference(name)]
    named = f": {', '.join(own)}" if own else "; the library has its own of each"
    print(f"{len(own)} of {len(ran)} parts of {of} {'is' if len(own) == 1 else 'are'} yours{named}.")


def finish() -> None:
    """A lab's last cell: raises Unfinished, in one sentence that names what is left; says so when nothing is.

    An optional exercise that was not begun is not left.
    """
    reader = Reader(sys._getframe(1).f_globals)
    exercises = exam.load(reader.lab()).values()
    verdicts = [(exercise, examine(exercise, reader)) for exercise in exercises]
    asked = [verdict for exercise, verdict in verdicts if not (exercise.optional and verdict.status == MISSING)]
    left = [f"{verdict.exercise} ({_left(verdict)})" for verdict in asked if verdict.status != CORRECT]
    if left:
        raise Unfinished(f"{len(left)} of {len(asked)} exercises are left: {', '.join(left)}")
    skipped = ", but for the optional one" if len(asked) < len(verdicts) else ""
    print(f"All {len(asked)} exercises stand{skipped}. The shop is yours.")
    if _bets:
        print(f"Sabotage: {sum(right for _, right in _bets.values())} of {len(_bets)} first bets were right.")


def sabotage(name: str, line: str, instead: str, bet: str | None = None, seed: int = SEED) -> None:
    """Check the exercise `name` with one line broken, and compare with the criterion you bet on. Never raises.

    `line` is a piece of your answer that occurs once, `instead` what takes its place. Your own code stays as it is.
    Without a bet nothing is run: the criteria are named, for you to choose the one that will go red.
    """
    reader = Reader(sys._getframe(1).f_globals)
    with _calmly(f"sabotage({name!r})"):
        exercise = reader.exercise(name)
        if examine(exercise, reader, seed).status != CORRECT:
            return print(f"{name}: there is nothing to break yet; its check passes first")
        answer = reader.answer(exercise)
        if (count := answer.source.count(line)) != 1:
            return print(
                f"{name}: {line!r} stands {number_of(count, 'time')} in your answer; give a piece that stands once"
            )
        if bet not in exercise.names_of_criteria:
            return print(_bet_first(exercise, bet))
        broken = dataclasses.replace(answer, source=answer.source.replace(line, instead))
        verdict = tried(exercise, reader, broken, seed)
        red = [finding.criterion for finding in verdict.findings if not finding.holds]
        red = [each for each in red if each != AGREES] or red
        first, _ = _bets.setdefault((name, line, instead), (bet, bet in red))
        _show(Report(dataclasses.replace(verdict, remarks=(_settled(bet, red, first),))))


def _kept(exercise: Exercise, reader: Reader) -> str:
    """Keep what the exercise yields; returns the sentence that says so, or why not."""
    if not exercise.parts:
        return f"{exercise.name}: no later lab asks for this one, so there is nothing to keep"
    if examine(exercise, reader).status != CORRECT:
        return f"{exercise.name}: not kept yet; its check passes first"
    source = reader.standing_alone(exercise)
    needed = {name: value for each in exercise.needed for name, value in references.names(each).items()}
    alone = judge(exercise, SEED, drive.gather(exercise.job(source, SEED), needed))
    if alone.status != CORRECT:
        why = alone.note or next(finding.message for finding in alone.findings if not finding.holds)
        return f"{exercise.name}: not kept; away from this notebook {why}"
    return "\n".join(_kept_part(name, source) for name in exercise.parts)


def _kept_part(name: str, source: str) -> str:
    path, new = parts.keep(name, source)
    older = len(parts.versions(name)) - 1
    past = f", and {older} before it" if older else ""
    return f"{name}: {'kept' if new else 'kept already'} as {path.parent.name}/{path.name}{past}"


def _left(verdict: Verdict) -> str:
    if verdict.note:
        return verdict.note.split(":")[0] if verdict.status == MISSING else verdict.status
    return f"{sum(not finding.holds for finding in verdict.findings)} of {len(verdict.findings)} criteria fail"


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
