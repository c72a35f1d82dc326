"""Restart windows as a table: the chapter shows the effect of a rule that lab 4 asks for."""

from collections.abc import Callable, Iterable, Sequence

from letitcrash.show.tables import Table, table


def windows(restart_window: Callable[..., Sequence[int]], crashes: Iterable[float], period: int) -> Table:
    """A row for each crash: the restarts that count after it, in whole seconds, as `restart_window` says."""
    counting: Sequence[int] = ()
    rows = []
    for at in crashes:
        counting = restart_window(counting, at, period)
        rows.append((f"{at:.1f} s", ", ".join(map(str, sorted(counting))), len(counting)))
    return table(("crash at", "the seconds that count now", "eggs in the carton"), rows)
