"""A time-out and an answer to drag along a line of time: the till of chapter 5's Monday, each state of it run."""

from letitcrash.process import Process, Timeout
from letitcrash.show.arrange import Fate, Handle, Outcome, Scene, Spot, arrange
from letitcrash.show.chapter05.monday import PRICES, morning, till

CUSTOMERS = (("Dora", "champagne"), ("Ben", "milk"), ("Eva", "eggs"), ("Finn", "cheese"))
SPOTS = tuple(
    Spot(name, x, 79, f"{article} {PRICES[article]:.2f}")
    for (name, article), x in zip(CUSTOMERS, (13, 38, 63, 88), strict=True)
)
LONGEST = 10  # seconds that the till waits, and that the shelf needs, at most
HANDLES = (
    Handle("the till waits", 5, "time", LONGEST, row=13),
    Handle("champagne's price comes after", 7, "time", LONGEST, row=38),
)


def bills(patience: int, seconds: int) -> list[float | Timeout]:
    """The price that each customer pays: the till waits for `patience`, and champagne's price takes `seconds`."""

    async def shelf(me: Process) -> None:
        while True:
            asker, article = await me.receive()
            await me.sleep(seconds if article == "champagne" else 2)
            me.send(asker, PRICES[article])

    articles = [article for _, article in CUSTOMERS]
    return [price for _, price in morning(shelf, till, articles, patience)[1]]


def outcome(places: tuple[int, ...], order: tuple[int, ...] = (), option: str = "") -> Outcome:
    """The bill of each customer, from a run."""
    fates, said = [], []
    for (name, article), price in zip(CUSTOMERS, bills(*places), strict=True):
        if isinstance(price, Timeout):
            fates.append(Fate("wrong", "pays 0.00", len(fates) + 1))
            said.append(f"The till gives up after {places[0]} s: {name} pays nothing.")
        elif price != PRICES[article]:
            other = next(other for other in PRICES if PRICES[other] == price)
            fates.append(Fate("wrong", f"pays {price:.2f}", len(fates) + 1))
            said.append(f"An older answer is waiting: {name} pays {price:.2f}, the price of {other}.")
        else:
            fates.append(Fate("well", f"pays {price:.2f}"))
            said.append(f"{name} pays {price:.2f}, the right price.")
    return Outcome(tuple(fates), tuple(said))


def to_touch() -> Scene:
    """The scene, as it was on that Monday: a patience of five seconds, and an answer after seven."""
    title = "Drag the end of the till's patience, or the answer, and read the four bills."
    return arrange(SPOTS, HANDLES, outcome, title=title, height=300)
