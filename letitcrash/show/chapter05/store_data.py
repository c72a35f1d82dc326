"""The data of chapter 5's store: articles, prices, times, and the message with which a customer leaves."""

from dataclasses import dataclass
from typing import Any

from letitcrash.process import Pid

ARTICLES = {"4001": "eggs", "4002": "bread", "4003": "milk", "4004": "cheese", "4009": "wine"}  # code: article
PRICES = {"eggs": 300, "bread": 250, "milk": 110, "cheese": 420, "wine": 900}  # cents
LOOK = {"eggs": 0.5, "bread": 0.5, "milk": 0.5, "cheese": 0.5, "wine": 8.0}  # seconds; the wine is locked away

LOW, BOX = 24, 24  # an article with fewer on the shelf runs low; a box has so many
ROUND = 120.0  # seconds between two rounds of the clerk
WALK = 30.0  # seconds to fetch a box
RING = 60.0  # seconds at the till
PATIENCE = 1200.0  # seconds that a customer stands in line


@dataclass(frozen=True)
class Bye:
    """The message to the door with which customer `pid` leaves: "served", "sold out" or "sent away", and why."""

    pid: Pid
    fate: str
    why: Any = None
