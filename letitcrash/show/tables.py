"""table: rows of words as Markdown, which a notebook and a page both draw as a table."""

import dataclasses
from collections.abc import Sequence
from typing import Any


@dataclasses.dataclass(frozen=True)
class Table:
    """A head and rows of the same length, as text; `repr` aligns the columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        widths = [max(len(row[column]) for row in (self.head, *self.rows)) for column in range(len(self.head))]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in (self.head, *self.rows)]
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        lines = [self.head, ("---",) * len(self.head), *self.rows]
        markdown = "\n".join(f"| {' | '.join(row)} |" for row in lines)
        return {"text/markdown": f"{markdown}\n", "text/plain": repr(self)}


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    """A table with this head. Raises ValueError for a row that is not as long as the head, or an empty head cell."""
    head, lines = tuple(head), tuple(tuple(map(str, row)) for row in rows)
    if not all(map(str.strip, head)):
        raise ValueError(f"every column has a name; not {list(head)}")
    for row in lines:
        if len(row) != len(head):
            raise ValueError(f"a row has a cell for each of {list(head)}; not {list(row)}")
    return Table(head, lines)
