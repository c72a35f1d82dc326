"""Rules for all tests: how they are chosen and grouped, and when a skip is a failure.

Where nothing may be missing (LETITCRASH_NO_SKIPS=1, as .ci/run sets), a skip is a failure. Property tests have no
deadline, because a slow machine is no failure. `suite.py` says what the three sizes of the suite are.
"""

import asyncio
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from suite import ALL_SEEDS, LEFT_INSIDE, LONG, SEEDS, chapters_of, group_of, mark_of
from xdist.scheduler import LoadScopeScheduling

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

LEFT = pytest.StashKey[list]()
NO_SKIPS = os.environ.get("LETITCRASH_NO_SKIPS", "") not in ("", "0")


def as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn the report of a skip into that of a failure that gives the skip's reason."""
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped here (LETITCRASH_NO_SKIPS is set), but: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """A skipped test."""
    report = yield
    as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    """A skipped module."""
    report = yield
    as_failure(report)
    return report


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--chapter`."""
    parser.addoption("--chapter", type=int, metavar="N", help="only the tests that name chapter N or its lab")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]):
    """Mark each test by its folder, and leave out those that were not asked for."""
    for item in items:
        if mark := mark_of(item.path):
            item.add_marker(mark)
    number = config.getoption("chapter")
    if number is not None:
        leave_out(config, items, [item for item in items if number not in chapters_of(item.nodeid)])
    result = yield  # `-m` and `-k` leave out theirs
    if not LONG:
        long = [item for item in items if item.get_closest_marker("long")]
        config.stash[LEFT] = [item.path.name for item in long]
        leave_out(config, items, long)
    return result


class ByGroup(LoadScopeScheduling):
    """Keeps tests that share what is dear to make on one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByGroup:
    """Give the workers their tests by group; the marks of `--dist loadgroup` have no effect with pytest 9.2."""
    return ByGroup(config, log)


def leave_out(config: pytest.Config, items: list[pytest.Item], unwanted: list[pytest.Item]) -> None:
    """Take the unwanted tests out of the list."""
    if unwanted:
        config.hook.pytest_deselected(items=unwanted)
        out = set(unwanted)
        items[:] = [item for item in items if item not in out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left to `make test-long`."""
    if left := config.stash.get(LEFT, []):
        files = ", ".join(sorted(set(left)))
        seeds = f"{ALL_SEEDS - len(SEEDS)} of {ALL_SEEDS} seeds"
        tests = f"{len(left)} test{'s' if len(left) > 1 else ''}"
        terminalreporter.line(f"Left to `make test-long`: {seeds}, {tests} in {files}, and {LEFT_INSIDE}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a worker of pytest-xdist tell the main process what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left"] = session.config.stash.get(LEFT, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take from a worker what it left out; each worker left out the same."""
    node.config.stash[LEFT] = getattr(node, "workeroutput", {}).get("left", [])


@pytest.fixture(autouse=True)
def no_loop_runs_here(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set aside the loop that Playwright leaves running in this thread, when page tests came before this one."""
    if mark_of(request.path) == "site":
        yield
        return
    left = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(left)


@pytest.fixture(scope="module")
def chapter(request) -> dict:
    """The names that the notebook of the module's CHAPTER defines; `shown` has what each cell shows, by cell id."""
    return request.module.CHAPTER.names


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An empty place for the parts that labs keep, so that a reader's own stay as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LETITCRASH_KEPT", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def printed(request, kept) -> dict[str, str]:
    """The text that each cell of the solution of the module's LAB prints."""
    outputs, error = request.module.LAB.run("solution.ipynb", {})
    assert error is None
    return outputs
