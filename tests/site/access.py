"""The faults that axe finds on a page once it stands still."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A thing that fades in has less contrast than it will have. An animation that has no end is not waited for.
STAND_STILL = """async () => {
    const moving = () => document.getAnimations().filter((each) =>
        each.playState === "running" && each.effect.getTiming().iterations !== Infinity);
    while (moving().length) await Promise.all(moving().map((each) => each.finished.catch(() => {})));
}"""
# No style sheet is fetched a second time; what holds is not described, which takes axe five times as long.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}


def violations(page: Page, context: str | None = None) -> list[dict]:
    """The violations as axe gives them, of the page or of what the selector `context` names."""
    page.evaluate(STAND_STILL)
    return Axe().run(page, context=context, options=OPTIONS).response["violations"]
