"""What is kept of an answer: the first of what it prints, and what it gives back as JSON, none of it without end."""

import io
import numbers
import re
from typing import Any

OUTPUT_CHARACTERS = 4_000
"""How much of what an answer prints is kept."""
EVIDENCE_ITEMS = 20_000
"""How many values one case's evidence may hold; fifty characters of text count as one more."""

ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
"""Where in memory something is: it differs every time, and nothing in a report may."""


class Capped(io.TextIOBase):
    """A stream that keeps the first characters and forgets the rest."""

    def __init__(self, limit: int = OUTPUT_CHARACTERS):
        self.limit, self.kept, self.lost = limit, [], 0

    def writable(self) -> bool:
        """Whether it takes text: yes."""
        return True

    def write(self, text: str) -> int:
        """Keep what still fits."""
        self.kept.append(text[: self.limit])
        self.limit -= len(self.kept[-1])
        self.lost += len(text) - len(self.kept[-1])
        return len(text)

    def text(self) -> str:
        """What was kept, and how much was not."""
        return "".join(self.kept) + (f"\n… and {self.lost:,} characters more" if self.lost else "")


def plain(value: Any) -> Any:
    """The value as JSON has it: numbers, text, truth, None, lists, dicts; of anything else its type and its repr."""
    return _plain(value, [EVIDENCE_ITEMS], 0)


def _plain(value: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > 20:
        return "…"
    if value is None or type(value) in (bool, float):
        return value
    if type(value) is int:
        return value if abs(value) < 10**300 else "a number of more than 300 digits"
    if isinstance(value, str):
        text = str.__str__(value)[:10_000]
        left[0] -= len(text) // 50
        return text
    if isinstance(value, dict):
        return {str(key)[:200]: _plain(item, left, depth + 1) for key, item in list(dict.items(value))[: left[0] + 1]}
    if isinstance(value, list | tuple):
        return [_plain(item, left, depth + 1) for item in list(value)[: left[0] + 1]]
    if isinstance(value, numbers.Real):
        return float(value)
    return {"type": type(value).__name__[:60], "repr": ADDRESS.sub("", repr(value)[:200])}
