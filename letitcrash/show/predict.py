"""predict: a table whose rows the reader answers first, each marked by the result of its run."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from letitcrash.show import shell
from letitcrash.show.quiz import Quiz, question
from letitcrash.world import World

STYLE = (
    ".lic-predict form{margin-bottom:.7rem}.lic-predict .lic-answer p{margin:.2rem 0}"
    ".lic-predict .lic-options{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem}"
    "@media(min-width:40rem){.lic-predict form{display:grid;grid-template-columns:1fr auto;gap:0 1rem;align-items:end}"
    ".lic-predict .lic-answer{grid-column:1/-1}}"
)


@dataclasses.dataclass(frozen=True)
class Row:
    """One row: its `name` (as Erlang prints it), its action in words, the answers to choose from, why, the body."""

    name: str
    does: str
    options: tuple[str, ...]
    because: str
    body: Callable
    args: tuple = ()

    def run(self, **world: Any) -> str:
        """The result, in a world of its own with these settings."""
        return World(**world).ask(self.body, *self.args)


class Table(list[Row]):
    """Rows in the order in which they are entered."""

    def row(self, does: str, options: tuple[str, ...], because: str) -> Callable[[Callable], Callable]:
        """Enter the body below as a row of the table; its name is the row's."""

        def enter(body: Callable) -> Callable:
            self.append(Row(body.__name__, does, options, because, body))
            return body

        return enter


@dataclasses.dataclass(frozen=True)
class Predictions(Quiz):
    """Rows to answer one by one; the same marks, and the same memory, as the closing questions have."""

    label: ClassVar = "The table, row by row"

    def html(self) -> str:
        """The rows as forms, a line each where there is room."""
        return shell.tag("div", shell.tag("style", STYLE) + super().html(), class_="lic-predict")


def predict(rows: Sequence[Row]) -> Predictions:
    """Ask for every row before it is shown; the right answer is what running the row gives."""
    return Predictions(
        tuple(question(each.does, each.options, right=each.run(), because=each.because) for each in rows)
    )


@dataclasses.dataclass(frozen=True)
class CameOut:
    """The results of running the rows, as a table."""

    answers: dict[str, str]

    def __repr__(self) -> str:
        width = max(map(len, self.answers))
        return "\n".join(f"{name:{width}}  {answer}" for name, answer in self.answers.items())


def came_out(rows: Sequence[Row]) -> CameOut:
    """Run every row, each in a world of its own."""
    return CameOut({each.name: each.run() for each in rows})
