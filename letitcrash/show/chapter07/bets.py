"""The bets of chapter 7. Each takes its result from a run, so that no answer is written down twice."""

from letitcrash.balancing import least_connections
from letitcrash.show import bet, curve, number
from letitcrash.show.bets import Bet
from letitcrash.show.chapter07 import butchers, cheese, nine, prices


def two_stores() -> Bet:
    """The minutes from door to door when a second store opens, by the shorter line."""
    one, two = (butchers.mean(least_connections, stores) for stores in (1, 2))
    return bet(
        f"One store, one butcher, 60 regulars: {one:.2f} minutes from door to door. A second store opens, with a "
        "butcher and 60 regulars more, and each customer is sent to the **shorter line**. How many minutes from door "
        "to door?",
        number(0, 20, "minutes"), truth=two, at={"stores": 2},
        why="A butcher remembers 80 people and now meets 120. He does not know a third of those who come.",
    )  # fmt: skip


def who_moves() -> Bet:
    """The customers in a hundred who get another butcher when an eleventh store opens, by remainder."""
    return bet(
        "Ten stores share out the customers by the **remainder** of their number by ten. An eleventh store opens, so "
        "it is the remainder by eleven. How many of a hundred customers get another butcher?",
        number(0, 100, "customers"), truth=100 * cheese.moved(10, False), at={"stores": 10},
        why="Two remainders of one number agree only by chance, about once in eleven times.",
    )  # fmt: skip


def last_served() -> Bet:
    """The longest time of a morning on which nothing was prepared."""
    return bet(
        "Twenty customers come between 9:00 and 9:10, each for an order that takes six minutes to cut. **Nothing is "
        "prepared.** How many minutes is the unluckiest of them in the store?",
        number(0, 180, "minutes"), truth=nine.last_served(0), at={"prepared": 0},
        why="Two hours of work have come in ten minutes. The last one waits for all of it.",
    )  # fmt: skip


def old_answers() -> Bet:
    """The old answers in a hundred over the time to live, drawn."""
    return bet(
        "A price is asked for every 30 seconds, and changes once an hour, on average. The shelf keeps it for some "
        "minutes, whatever happens. **Draw** how many of a hundred answers are an old price.",
        curve(prices.MINUTES, 0, 60, x_title="minutes that a price is kept", y_title="old answers in a hundred"),
        truth=prices.stale_formula, at={"ttl": 15, "asked": 30},
        why="At first the share of old answers grows with the time: half of the minutes kept, over the 60 between two "
        "changes. Later it bends, since a price that has changed twice is as wrong as one that has changed once.",
    )  # fmt: skip


def line_at_the_office() -> Bet:
    """The most questions at the office at once, when three stores throw all prices away."""
    calm, line = (prices.an_hour(each).longest_line for each in prices.AFTER.values())
    return bet(
        f"Three stores, 20 questions a second each. If they do nothing after a gap, at most {calm} questions are at "
        "the office at once. Now each store **throws all its prices away** when the line is back. How many are there "
        "at most?",
        number(0, 1000, "questions"), truth=line, at={"after": list(prices.AFTER)[1], "shelves": 3},
        why="All popular prices are missing at once, in all stores, and each customer who finds one missing asks.",
    )  # fmt: skip
