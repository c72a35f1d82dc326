"""Let Ctrl-C end a command in one line, as make's other commands do, and not in a traceback."""

import sys
from collections.abc import Callable

STATUS = 130  # what shells give for a command that SIGINT ended


def run(main: Callable[[], int | None]) -> None:
    """Run a command's `main` and exit with what it returns, or with 130 when Ctrl-C ends it."""
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nStopped. All that was finished is kept, and the same command goes on from there.", file=sys.stderr)
        sys.exit(STATUS)
