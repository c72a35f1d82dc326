"""The pytest plugin: `pytest --nbmake --grade labs submissions/`, an item per student and exercise.

Nothing of a submission is imported, executed or configured by this process: its conftest.py is not loaded, and a
pytest.ini among submissions stops the run.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

from letitcrash.classroom.grading.items import RUN, Class
from letitcrash.text import number_of

UNFENCED = (
    "nothing was graded: bubblewrap does not work here, and neither does the kernel's own filter (seccomp), so one "
    "answer could end the run of everybody; install bubblewrap, or say --grade-untrusted and grade on a machine and "
    "an account that have nothing to lose"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of grading."""
    group = parser.getgroup("grade", "grading labs of Let It Crash")
    group.addoption("--grade", metavar="LABS", help="grade submissions against the lab, or labs, in this folder")
    group.addoption("--grade-to", metavar="FOLDER", default="grades", help="where grades are kept (grades)")
    group.addoption("--grade-seed", type=int, help="begin the folder of grades with this seed; without it one is drawn")
    group.addoption("--grade-seconds", type=int, help="of real time for an exercise (10)")
    group.addoption("--grade-late", type=float, metavar="PERCENT", help="off for each day late (0)")
    group.addoption("--grade-notes", metavar="CSV", help="the teacher's own points and comments (FOLDER/notes.csv)")
    group.addoption("--grade-untrusted", action="store_true", help="grade where an answer may end the run of all")
    group.addoption("--shard", metavar="I/N", help="grade only the I-th of N parts of the class")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Load no code and no settings that students handed in."""
    known = early_config.known_args_namespace
    if not known.grade:
        return
    known.noconftest = True
    if early_config.pluginmanager.has_plugin("hypothesispytest"):  # it loads hypothesis to say nothing
        early_config.pluginmanager.unregister(name="hypothesispytest")
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
        config.pluginmanager.register(Grading(config), "letitcrash-grading-run")


class Grading:
    """The hooks of one run of grading."""

    def __init__(self, config: pytest.Config):
        from letitcrash.classroom.grading.run import Run, RunError

        self.config, self.started, self.done = config, 0.0, 0
        self.worker = hasattr(config, "workerinput")
        self.arguments = [Path(arg).resolve() for arg in config.args if Path(arg).exists()]
        try:
            self.run = config.stash[RUN] = Run(config.option, self.arguments, self._room, not self.worker)
        except RunError as error:
            raise pytest.UsageError(str(error)) from None

    def _room(self, prefix: str) -> Path:
        """A new folder, gone when the run is over."""
        room = tempfile.TemporaryDirectory(prefix=prefix)
        self.config.add_cleanup(room.cleanup)
        return Path(room.name)

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Stop before anybody is graded where answers are not fenced, or where the release itself does not stand."""
        if not self.worker and self.run.tasks:
            if not self.run.kept["grade_untrusted"] and not self.run.probe.fenced:
                pytest.exit(UNFENCED, returncode=4)
            if trouble := self.run.unfit():
                pytest.exit(f"nothing was graded: {trouble}", returncode=3)
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
        if path.resolve() not in self.arguments:
            return None
        root = self.run.roots[self.arguments.index(path.resolve())]
        tasks = [task for task in self.run.tasks if task.student.root == root]
        return Class.from_parent(parent, path=path, tasks=tasks)

    def pytest_report_header(self) -> list[str]:
        """The number of exercises, the seed, and how safe it is."""
        if self.worker or not self.run.tasks:
            return []
        from letitcrash.classroom.grading.staging import not_installed

        kind = self.run.probe.kind
        if kind != "sandboxed":
            kind = "UNTRUSTED: bubblewrap is not here or does not work; answers can read what this account can read"
        said = [f"grading: {number_of(len(self.run.tasks), 'exercise')} with seed {self.run.seed}, {kind}"]
        if absent := not_installed():
            said.append(
                f"grading: {', '.join(absent)} is not installed here, and `check` lets answers import it: install it"
            )
        return said

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say how far we are, now and then."""
        if self.worker or report.when != "call":
            return
        self.done += 1
        step, total = max(1, len(self.run.tasks) // 10), len(self.run.tasks)
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter and self.done % step == 0 and total >= 40:
            left = (time.monotonic() - self.started) / self.done * (total - self.done)
            reporter.ensure_newline()
            reporter.write_line(f"graded {self.done} of {total}, {_span(left)} left")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write all outputs from the records, those of earlier runs and other shards too."""
        if self.worker or self.config.option.collectonly:
            return
        from letitcrash.classroom.grading import give_back, outputs, pages

        run, self.results = self.run, self.run.results()
        self.written = [
            *outputs.write(self.results, run.folder),
            *pages.write(self.results, [*run.labs, *run.labs_before], run.folder),
            *give_back.write(self.results, run.folder),
        ]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Write the results in a line, what the teacher should look at, and where everything is."""
        if not hasattr(self, "results"):
            return
        from letitcrash.classroom.grading import pages, suspects
        from letitcrash.classroom.grading.choice import AS_OLD
        from letitcrash.classroom.grading.files import printable

        terminalreporter.section("grades")
        terminalreporter.write_line(pages.statuses(self.results))
        for sentence in self.run.remarks:
            terminalreporter.write_line(sentence, yellow=True)
        for task in self.run.all_tasks:
            record = self.run.records / task.record
            if suspects.ended_the_grader(record):
                terminalreporter.write_line(
                    f"the grader ended while {task.exercise.name} of {task.student.name!r} ran: it is not run again, "
                    f"unless you delete {suspects.beside(record)}",
                    red=True,
                    bold=True,
                )
        for result in self.results:
            for line in result.lines:
                if line.record and line.record.how.endswith(AS_OLD):
                    said = f"{line.exercise} of {result.student!r}: {line.record.how}"
                    terminalreporter.write_line(printable(said), yellow=True)
        for twins in self.run.twins:
            terminalreporter.write_line(twins, red=True, bold=True)
        if any(result.sandbox == "untrusted" for result in self.results):
            terminalreporter.write_line(pages.UNTRUSTED_WORDS, red=True, bold=True)
        for path in self.written:
            terminalreporter.write_line(str(path))


def _span(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
