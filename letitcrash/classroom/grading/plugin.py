"""The pytest plugin: `pytest --nbmake --grade labs submissions/`, an item per student and exercise.

Nothing of a submission is imported, executed or configured by this process: its conftest.py is not loaded, and a
pytest.ini among submissions stops the run.
"""

import json
import secrets
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from letitcrash.classroom.grading import files
from letitcrash.classroom.grading.items import GRADING, Class


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of grading."""
    group = parser.getgroup("grade", "grading labs of Let It Crash")
    group.addoption("--grade", metavar="LABS", help="grade submissions against the lab, or labs, in this folder")
    group.addoption("--grade-to", metavar="FOLDER", default="grades", help="where grades are kept (grades)")
    group.addoption("--grade-seed", type=int, help="begin the folder of grades with this seed; without it one is drawn")
    group.addoption("--grade-seconds", type=int, default=10, help="of real time for an exercise (10)")
    group.addoption("--grade-late", type=float, default=0, metavar="PERCENT", help="off for each day late (0)")
    group.addoption("--grade-notes", metavar="CSV", help="the teacher's own points and comments (FOLDER/notes.csv)")
    group.addoption("--shard", metavar="I/N", help="grade only the I-th of N parts of the class")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Load no code and no settings that students handed in."""
    known = early_config.known_args_namespace
    if not known.grade:
        return
    known.noconftest = True
    roots = [Path(arg).resolve() for arg in known.file_or_dir if Path(arg).exists()]
    settings = early_config.inipath and early_config.inipath.resolve()
    if settings and any(root == settings.parent or root in settings.parents for root in roots):
        raise pytest.UsageError(f"{settings} came with the submissions and would change how they are graded: remove it")


def pytest_configure(config: pytest.Config) -> None:
    """Make ready to grade, when asked to."""
    if config.option.grade:
        config.option.noconftest = True
        if config.option.reportchars == "fE":  # pytest's own list of failures, one for each mistake of a class
            config.option.reportchars = "E"
        grading = config.stash[GRADING] = Grading(config)
        config.pluginmanager.register(grading, "letitcrash-grading-run")


class Grading:
    """One run of grading: what all items of this process share."""

    def __init__(self, config: pytest.Config):
        from letitcrash.classroom.grading import marking, notes, submissions
        from letitcrash.classroom.release import releases

        option = config.option
        self.config, self.option, self.started, self.done = config, option, 0.0, 0
        self.worker = hasattr(config, "workerinput")
        self.folder = Path(option.grade_to).resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.labs = releases(Path(option.grade))
        if not self.labs:
            raise pytest.UsageError(
                f"--grade {option.grade}: no lab is there (a folder with exam.py and solution.ipynb)"
            )
        try:
            self.roots = [
                submissions.unpacked(Path(arg).resolve(), self._room("handed-")) for arg in _arguments(config)
            ]
            self.notes = notes.load(Path(option.grade_notes or self.folder / "notes.csv"))
        except (submissions.Unreadable, notes.NotesError) as error:
            raise pytest.UsageError(str(error)) from None
        everyone = [student for root in self.roots for student in submissions.students(root)]
        self.twins = submissions.twins(everyone)
        self.all_tasks = marking.tasks(self.labs, everyone)
        part, parts = _shard(option.shard)
        mine = set(everyone[part::parts])
        self.tasks = [task for task in self.all_tasks if task.student in mine]
        if not self.all_tasks:
            raise pytest.UsageError(f"no notebook of {', '.join(lab.name for lab in self.labs)} was handed in")
        self.seed = self._seed()
        self._sandboxes: dict[frozenset[str], Any] = {}

    def _room(self, prefix: str) -> Path:
        """A new folder, gone when the run is over."""
        room = tempfile.TemporaryDirectory(prefix=prefix)
        self.config.add_cleanup(room.cleanup)
        return Path(room.name)

    def _seed(self) -> int:
        """The seed of this folder of grades: the one that it was begun with, asked for or drawn."""
        kept, asked = self.folder / "seed.json", self.option.grade_seed
        files.begin(kept, json.dumps({"seed": secrets.randbelow(10**6) + 1 if asked is None else asked}))
        try:
            seed = int(json.loads(kept.read_text(encoding="utf-8"))["seed"])
        except (ValueError, KeyError, TypeError):
            raise pytest.UsageError(f"{kept} holds no seed: delete it") from None
        if asked not in (None, seed):
            raise pytest.UsageError(
                f"{kept.parent.name} was begun with seed {seed}, and one class is asked one set of questions: leave "
                f"--grade-seed {asked} out, or begin another folder with --grade-to"
            )
        return seed

    def sandbox(self, lab: Any, exercise: Any) -> Any:
        """The sandbox with the library that the exercise leaves: staged at first use, in every process once."""
        from letitcrash.classroom.grading.sandbox import Sandbox, stage

        hidden = frozenset(lab.hidden(exercise))
        if hidden not in self._sandboxes:
            library = stage(self._room("library-"), hidden)
            self._sandboxes[hidden] = Sandbox(library, seconds=self.option.grade_seconds)
        return self._sandboxes[hidden]

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Before anybody is graded: does the release itself stand here?"""
        if not self.worker:
            from letitcrash.classroom.grading.proof import prove

            for lab in {task.lab.name: task.lab for task in self.tasks}.values():
                if trouble := prove(lab, partial(self.sandbox, lab), self.seed, self.folder):
                    pytest.exit(f"nothing was graded: {lab.name} itself does not stand here: {trouble}", returncode=3)
        self.started = time.monotonic()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_directory(self, path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A folder of submissions is collected by us, not by nbmake or pytest."""
        return self._collected(path, parent)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """A zip of submissions as well."""
        return self._collected(file_path, parent)

    def _collected(self, path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        arguments = [Path(arg).resolve() for arg in _arguments(self.config)]
        if path.resolve() not in arguments:
            return None
        root = self.roots[arguments.index(path.resolve())]
        return Class.from_parent(parent, path=path, tasks=[task for task in self.tasks if task.student.root == root])

    def pytest_report_header(self) -> list[str]:
        """Who is graded, with which seed, and how safely."""
        if self.worker or not self.tasks:
            return []
        kind = self.sandbox(self.tasks[0].lab, self.tasks[0].exercise).kind
        if kind != "sandboxed":
            kind = "UNTRUSTED: bubblewrap is not here or does not work; answers can read what this account can read"
        return [f"grading: {len(self.tasks)} exercises with seed {self.seed}, {kind}"]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say how far we are, now and then."""
        if self.worker or report.when != "call":
            return
        self.done += 1
        step, total = max(1, len(self.tasks) // 10), len(self.tasks)
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter and self.done % step == 0 and total >= 40:
            left = (time.monotonic() - self.started) / self.done * (total - self.done)
            reporter.ensure_newline()
            reporter.write_line(f"graded {self.done} of {total}, {_span(left)} left")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write all outputs from the records, those of earlier runs and other shards too."""
        if self.worker or self.option.collectonly:
            return
        from letitcrash.classroom.grading import notes, outputs, pages

        records = self.folder / "records"
        self.results = notes.results(self.all_tasks, records, self.notes, self.option.grade_late)
        self.written = [*outputs.write(self.results, self.folder), *pages.write(self.results, self.labs, self.folder)]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """What came out and where it is."""
        if not hasattr(self, "results"):
            return
        from letitcrash.classroom.grading import notes, pages

        terminalreporter.section("grades")
        terminalreporter.write_line(pages.statuses(self.results))
        for name in notes.strangers(self.all_tasks, self.notes):
            terminalreporter.write_line(f"the notes name {name!r}, who handed nothing in", yellow=True)
        for twins in self.twins:
            terminalreporter.write_line(twins, red=True, bold=True)
        if any(result.sandbox == "untrusted" for result in self.results):
            terminalreporter.write_line(pages.UNTRUSTED_WORDS, red=True, bold=True)
        for path in self.written:
            terminalreporter.write_line(str(path))


def _arguments(config: pytest.Config) -> list[str]:
    return [arg for arg in config.args if Path(arg).exists()]


def _shard(text: str | None) -> tuple[int, int]:
    """`2/5` as (1, 5)."""
    try:
        part, parts = map(int, (text or "1/1").split("/"))
    except ValueError:
        part, parts = 0, 0
    if not 1 <= part <= parts:
        raise pytest.UsageError(f"--shard {text}: should be like 2/5, the second part of five")
    return part - 1, parts


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
