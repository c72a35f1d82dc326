"""Headless Chromium, started once for all benchmarks that need a page."""

import atexit
import functools

import chromium
from playwright.sync_api import Browser, sync_playwright


@functools.cache
def browser() -> Browser:
    """The browser. Raises RuntimeError where there is none."""
    playwright = sync_playwright().start()
    started = chromium.launch(playwright)
    atexit.register(lambda: (started.close(), playwright.stop()))
    return started
