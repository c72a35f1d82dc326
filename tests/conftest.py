"""What all tests share: where nothing may be missing (LETITCRASH_NO_SKIPS=1, as .ci/run sets), a skip is a failure.

Property tests have no deadline: a slow machine is no failure.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

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


@pytest.fixture(scope="module")
def chapter(request) -> dict:
    """What the notebook of the module's CHAPTER defines; `shown` has what each cell shows, by cell id."""
    return request.module.CHAPTER.names


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An empty place for the parts that labs keep, so that a reader's own stay as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LETITCRASH_KEPT", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def printed(request, kept) -> dict[str, str]:
    """What each cell of the solution of the module's LAB prints."""
    outputs, error = request.module.LAB.run("solution.ipynb", {})
    assert error is None
    return outputs
