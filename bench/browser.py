"""Headless Chromium, started once for all benchmarks that need a page; playwright is imported when it starts."""

import atexit
import functools
import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"


def path() -> str | None:
    """Where Chromium is: CHROMIUM from the environment, or the first of the usual names in PATH; None without any."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@functools.cache
def chromium() -> Any:
    """The browser. Raises RuntimeError where there is none."""
    from playwright.sync_api import sync_playwright

    if path() is None:
        raise RuntimeError("no Chromium in PATH: install it, or set CHROMIUM to its path")
    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=path(), args=[*QUIET.split(), "--no-first-run"])
    atexit.register(lambda: (started.close(), playwright.stop()))
    return started
