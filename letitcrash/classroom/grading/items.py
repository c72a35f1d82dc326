"""The items that pytest runs, one for each exercise of each student, and their words when one is not correct."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from letitcrash.classroom.grading import files

RUN: pytest.StashKey[Any] = pytest.StashKey()
"""The place in pytest's config of the run of grading that its items belong to."""


class Class(pytest.Directory):
    """A folder or zip of submissions."""

    def __init__(self, *, tasks: list[Any], **named: Any):
        super().__init__(**named)
        self.tasks = tasks

    def collect(self) -> Iterator[pytest.Item]:
        """An item per student and exercise; nothing is opened yet."""
        for task in self.tasks:
            yield Marked.from_parent(self, name=files.printable(task.id).replace("\n", "·"), task=task)


class Marked(pytest.Item):
    """One exercise of one student: passes when it is correct."""

    def __init__(self, *, task: Any, **named: Any):
        super().__init__(**named)
        self.task = task

    def runtest(self) -> None:
        """Mark it, or take the record of an earlier run that asked the same of the same."""
        record = self.config.stash[RUN].mark(self.task)
        for name in ("status", "points", "total", "seed", "sandbox"):
            self.user_properties.append((name, getattr(record, name)))
        if record.status != "correct":
            raise NotCorrect(record)

    def repr_failure(self, excinfo: pytest.ExceptionInfo, style: Any = None) -> Any:
        """The student's sentences; a stack trace only for an error of ours."""
        if isinstance(excinfo.value, NotCorrect):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """The folder or zip, and the item's name."""
        return self.path, None, self.name


class NotCorrect(Exception):
    """An exercise that is not correct, in the words of its record."""

    def __init__(self, record: Any):
        lines = [f"{record.status}, {record.points:g} of {record.total:g} points, {record.sandbox}, seed {record.seed}"]
        lines += [record.how] if record.how else []
        lines += [record.note] if record.note else []
        for finding in record.findings:
            lines.append(f"  {'✓' if finding['holds'] else '✗'} {finding['says']}")
            if finding["message"] and finding["message"] != record.note:
                lines.append(f"      {finding['message']}")
        super().__init__(files.printable("\n".join(lines)))
