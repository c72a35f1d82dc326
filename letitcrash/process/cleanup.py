"""The closing of a body: its `finally` clauses run, and cannot keep it alive."""

from types import CoroutineType
from typing import Any

from letitcrash.process.budget import counted

CLEANUP_TRIES = 100  # how often a body may swallow its end before it is left alone
leaked_bodies: list = []  # bodies that cannot be ended; Python would try once more when it collects them, and complain


def close_body(body: CoroutineType, pid: Any, lines: int | None = None) -> str | None:
    """Close the body of process `pid`, within a budget of `lines`; return the rule that it broke, in words."""
    close = counted(lambda _: body.close(), lines, pid) if lines else lambda _: body.close()
    try:
        close(None)
    except RuntimeError as error:
        if "ignored" not in str(error):
            return f"its own cleanup failed: {error!r}"
        _insist(body, close)
        return "it swallowed its end and went on waiting"
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return f"its own cleanup failed: {error!r}"
    return None


def _insist(body: CoroutineType, close: Any) -> None:
    for _ in range(CLEANUP_TRIES):
        try:
            close(None)
            return
        except KeyboardInterrupt:
            raise
        except BaseException:
            continue
    leaked_bodies.append(body)
