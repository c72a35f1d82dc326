"""A power cut to drag: twelve customers come to two stores, and the man at the door sends each to one of them."""

from letitcrash.balancing import Dark, at_random, least_connections, round_robin, run_stores
from letitcrash.show.arrange import Fate, Handle, Outcome, Scene, Spot, arrange

NAMES = ("Ann", "Ben", "Cem", "Dora", "Eva", "Finn", "Gül", "Hugo", "Ida", "Jan", "Kim", "Lea")
MINUTE, BASKET = 60.0, 150.0  # seconds from one customer to the next, and at the till
SPOTS = tuple(
    Spot(name, 13 + 25 * (number % 4), 22 + 30 * (number // 4), f"10:{40 + number}")
    for number, name in enumerate(NAMES)
)
HANDLES = (Handle("the power goes", 2, words="power goes"), Handle("the power is back", 8, words="power back"))
RULES = {"the shorter line": least_connections, "a coin": at_random, "in turn": round_robin}
STORES = ("North", "South")


def outcome(places: tuple[int, ...], order: tuple[int, ...] = (), option: str = "a coin") -> Outcome:
    """The fate of each customer, from a run: North is dark between the two handles."""
    goes, back = places
    faults = [Dark(0, MINUTE * goes, MINUTE * back)] if goes < back else []
    arrivals = [MINUTE * number for number in range(len(NAMES))]
    days = run_stores(arrivals, BASKET, 2, 2, rule=RULES[option], faults=faults, seed=5)
    fates, lost = [], 0
    for store, fate in zip(days.store, days.fate, strict=True):
        if fate == "served":
            fates.append(Fate("well", STORES[store]))
        else:
            lost += 1
            fates.append(Fate("wrong", "dark", lost))
    if not faults:
        return Outcome(tuple(fates), ("The power stays on: drag the two labels apart.",))
    if back - goes == 1:
        said = f"{NAMES[goes]} comes in the dark, and is sent to {STORES[days.store[goes]]}."
    else:
        said = (
            f"Of the {back - goes} who come in the dark, {lost} {'is' if lost == 1 else 'are'} sent to the dark store."
        )
    return Outcome(tuple(fates), (said,))


def to_touch() -> Scene:
    """The scene, with the power away for six customers, and the shorter line at the door."""
    title = "Drag the two labels to where the power goes and comes back, and choose the rule at the door."
    return arrange(SPOTS, HANDLES, outcome, title=title, choose={"the rule": list(RULES)}, height=400)
