"""The built site, served, and a browser that reaches nothing else."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import build
import chromium
import pytest
import serve
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Route, sync_playwright


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """The folder of the site, built now unless it is up to date."""
    build.build()
    return build.SITE


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of the site, with a slash at its end."""
    server = serve.server(site_folder, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


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


@dataclass
class Complaints:
    """What a page did that it must not: requests to elsewhere, requests that failed, errors in the console."""

    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        """Each complaint as a sentence."""
        return [
            *(f"asks another host for {url}" for url in self.foreign),
            *(f"cannot load {what}" for what in self.failed),
            *(f"says in the console: {words}" for words in self.console),
        ]


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`open_page("book/welcome.html", dark=True, width=360)`: a page in a fresh browser that reaches the site only.

    What the page does wrong is in `page.complaints`.
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


def watch(page: Page, site: str) -> Complaints:
    """Let `page` reach `site` only, and collect its complaints."""
    complaints = Complaints()

    def only_the_site(route: Route) -> None:
        if route.request.url.startswith(site):
            route.fallback()
        else:
            complaints.foreign.append(route.request.url)
            route.abort()

    def on_failure(request: Request) -> None:
        if request.url.startswith(site) and request.failure != "net::ERR_ABORTED":  # the page went elsewhere first
            complaints.failed.append(f"{request.url} ({request.failure})")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.console.append(f"{message.text} ({message.location.get('url', '')})")

    page.context.route(lambda url: url.startswith(("http:", "https:", "ws:", "wss:")), only_the_site)
    page.on("requestfailed", on_failure)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.console.append(str(error)))
    return complaints
