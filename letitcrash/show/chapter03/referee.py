"""A reader's rule of exit signals under the runtime: the table of chapter 3, which OTP 25 runs too, is the referee."""

from collections.abc import Callable

from letitcrash.scenario import Agreement
from letitcrash.show.chapter03.table import TABLE
from letitcrash.show.predict import Row


def signals_against_otp(exit_signal: Callable) -> Agreement:
    """Run each row of the table in a world that goes by this rule. Raises what the rule raises."""
    parted = [words for each in TABLE if (words := _parted(each, exit_signal))]
    return Agreement(len(TABLE) - len(parted), len(TABLE), parted[0] if parted else None)


def _parted(row: Row, exit_signal: Callable) -> str | None:
    right = row.run()
    try:
        answer = row.run(exit_signal=exit_signal)
    except NotImplementedError:
        raise
    except (RuntimeError, TimeoutError):  # Ann was ended, or waits for ever
        answer = "Ann tells nothing"
    return None if answer == right else f"{row.name}. {row.does} Here: {answer}; on OTP: {right}"
