"""Pages of the book in headless Chromium: milliseconds from the address to the first picture, on localhost."""

from bench.browser import browser
from bench.harness import Claim, Race
from bench.lane import site

PAGES = ("book/welcome", "notebooks/01_the_till_and_the_queue")  # their first picture is in sight
GOAL_MS = 1_000.0
DRAWN = "[data-lic] :is(svg.main-svg, .lic-view svg, .lic-view canvas)"


def to_first_picture(page: str) -> float:
    """Milliseconds until a reader who has never been here sees the page's first picture drawn."""
    context = browser().new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.goto(f"{site()}{page}.html", wait_until="commit")
    opened.locator("[data-lic]").first.wait_for(state="attached")
    opened.wait_for_function(f"document.querySelector('{DRAWN}')", polling="raf")
    took = opened.evaluate("performance.now()")
    context.close()
    return float(took)


def races() -> list[Race]:
    """Each page against what a reader waits for."""
    variants = {"1 s": (1, lambda _: GOAL_MS)}
    variants |= {page: (1, lambda _, page=page: to_first_picture(page)) for page in PAGES}
    claims = [Claim(f"first picture: {page.split('/')[1]}", page, "1 s", at_most=1) for page in PAGES]
    return [Race("ms", variants, claims, ("playwright",))]
