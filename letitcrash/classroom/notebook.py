"""What a lab's notebook calls: check, keep, part, finish."""

from typing import Any


def check(name: str, seed: int | None = None) -> None:
    """Say how the exercise `name` stands, with the shortest failing case and the seed. Never raises."""
    print(f"{name}: check() is not written yet")


def keep(name: str) -> None:
    """Save the reader's source of the exercise `name` for later labs, once its check passes. Never raises."""
    print(f"{name}: keep() is not written yet")


def part(name: str) -> Any:
    """The reader's own part `name` when one was kept, else the library's; says which. Raises LookupError for none."""
    raise LookupError(f"no part {name!r} yet")


def finish() -> None:
    """A lab's last cell: raises Unfinished, in one sentence that names what is left; says so when nothing is."""
