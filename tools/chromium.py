"""Finds and starts headless Chromium, for the PDF, the gates and the benchmarks alike."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# As root it has no sandbox; the last three keep it from asking its makers for anything.
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MISSING = "there is no Chromium in PATH: install it (Debian: apt-get install chromium), or set CHROMIUM to its path"


def path() -> str | None:
    """The path of Chromium: the environment's CHROMIUM, or the first usual name in PATH; None without any."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Start it. Raises RuntimeError where there is none."""
    if path() is None:
        raise RuntimeError(MISSING)
    return playwright.chromium.launch(executable_path=path(), args=OPTIONS)
