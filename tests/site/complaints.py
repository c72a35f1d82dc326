"""The faults of a page while it is watched."""

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request, Route


@dataclass
class Complaints:
    """The faults of one page: requests to elsewhere, requests that failed, errors in the console."""

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
