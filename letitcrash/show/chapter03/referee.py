"""A reader's rule of exit signals under the runtime, compared row by row with the table that OTP 25 runs too."""

from collections.abc import Callable

from letitcrash.scenario import Agreement
from letitcrash.show.chapter03.table import TABLE
from letitcrash.show.predict import Row


def signals_against_otp(exit_signal: Callable) -> Agreement:
    """Run each row of the table in a world that goes by this rule. Raises what the rule raises."""
    differences = [words for each in TABLE if (words := _difference(each, exit_signal))]
    return Agreement(len(TABLE) - len(differences), len(TABLE), differences[0] if differences else None)


def _difference(row: Row, exit_signal: Callable) -> str | None:
    right = row.run()
    try:
        answer = row.run(parts={"exit_signal": exit_signal})
    except NotImplementedError:
        raise
    except (RuntimeError, TimeoutError):  # Ann was ended, or waits for ever
        answer = "Ann reports nothing"
    return None if answer == right else f"{row.name}. {row.does} Here: {answer}; on OTP: {right}"
