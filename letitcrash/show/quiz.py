"""quiz: closing questions, marked on the page, with the reason told after each answer."""

import dataclasses
from collections.abc import Sequence
from typing import Any, ClassVar

from letitcrash.show import shell, widget_output
from letitcrash.show.bets import key


@dataclasses.dataclass(frozen=True)
class Question:
    """A question, its options, the right one, and why."""

    text: str
    options: tuple[str, ...]
    right: str
    because: str


def question(text: str, options: Sequence[str], *, right: str, because: str) -> Question:
    """One closing question: `options` in the order shown, `right` one of them, `because` told after the answer."""
    options = tuple(options)
    if len(options) < 2 or len(set(options)) < len(options):
        raise ValueError(f"a question has two or more different options; not {list(options)}")
    if right not in options:
        raise ValueError(f"right={right!r} is not one of the options {list(options)}")
    if not because.strip():
        raise ValueError(f"say why {right!r} is right: because is empty")
    return Question(text, options, right, because)


@dataclasses.dataclass(frozen=True)
class Quiz:
    """Closing questions, answered one by one."""

    questions: tuple[Question, ...]
    label: ClassVar = "Closing questions"

    @property
    def key(self) -> str:
        """The name under which the answers are kept."""
        return key("quiz", self.questions[0].text, *self.questions)

    def html(self) -> str:
        """The questions as forms."""
        return shell.quiz(self.questions)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        text = "\n".join(f"{number}. {item.text}" for number, item in enumerate(self.questions, start=1))
        return widget_output.output("quiz", self.label, [self.html()], {"key": self.key}, text)


def quiz(*questions: Question) -> Quiz:
    """Closing questions: quiz(question(...), question(...), ...)."""
    if not questions or not all(isinstance(item, Question) for item in questions):
        raise TypeError(f"a quiz is made of question(...)s; not {list(questions)}")
    return Quiz(questions)
