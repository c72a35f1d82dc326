"""quiz: closing questions, marked on the page, with the reason told after each answer."""

import dataclasses
import html
from collections.abc import Sequence
from typing import Any


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


class Quiz:
    """Closing questions, answered one by one."""

    def __init__(self, questions: Sequence[Question]):
        self.questions = tuple(questions)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        rows = "".join(
            f"<li>{html.escape(q.text)}<ul>{''.join(f'<li>{html.escape(o)}</li>' for o in q.options)}</ul></li>"
            for q in self.questions
        )
        return {"text/html": f"<ol>{rows}</ol>", "text/plain": "\n".join(q.text for q in self.questions)}


def quiz(*questions: Question) -> Quiz:
    """Closing questions: quiz(question(...), question(...), ...)."""
    if not questions or not all(isinstance(item, Question) for item in questions):
        raise TypeError(f"a quiz is made of question(...)s; not {list(questions)}")
    return Quiz(questions)
