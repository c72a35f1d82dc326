"""The built site, served, and a browser that reaches nothing else."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import build
import chromium
import pytest
import serve
from complaints import watch
from playwright.sync_api import Browser, Page, Playwright, sync_playwright


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """The folder of the site, built now unless it is up to date."""
    build.build()
    return build.SITE


@pytest.fixture(scope="session")
def served() -> Iterator[Callable[[Path], str]]:
    """`served(folder)` serves a folder to the end of the session: its address, with a slash at its end."""
    servers = []

    def served(folder: Path) -> str:
        servers.append(serve.server(folder, 0))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://localhost:{servers[-1].server_address[1]}/"

    yield served
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(site_folder: Path, served: Callable[[Path], str]) -> str:
    """The address of the site, with a slash at its end."""
    return served(site_folder)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, once a session."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium."""
    if chromium.path() is None:
        pytest.skip(chromium.MISSING)
    browser = chromium.launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`open_page("book/welcome.html", dark=True, width=360)`: a page in a fresh browser that reaches the site only.

    The faults of the page are in `page.complaints`.
    """
    contexts = []

    def open_page(path: str, *, dark: bool = False, width: int = 1280, height: int = 900, **options: object) -> Page:
        scheme = "dark" if dark else "light"
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = watch(page, site)
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
