"""Caches: answers kept on a shelf near by, the store that keeps each, and the news that makes them old."""

from letitcrash.caching.answers import Answers
from letitcrash.caching.butchers import ButcherDays, Home, run_butchers
from letitcrash.caching.cache import Cache
from letitcrash.caching.calls import Calls, run_calls
from letitcrash.caching.news import (
    HICCUPS,
    Beat,
    Changed,
    Connected,
    Gap,
    drop_changed,
    flush_when_connected,
    on_news,
)
from letitcrash.caching.nine_oclock import Morning, run_orders
from letitcrash.caching.office import Change, Office, Price, Since
from letitcrash.caching.processes import shelves_as_processes
from letitcrash.caching.rings import Ring, owner, owner_by_remainder, owner_within, ring, stable_hash
from letitcrash.caching.rules import Entry, hit_share, missed, outcome, stale_share, start_times
from letitcrash.caching.server import Ask, Failed, Prewarm, Shelf, ShelfServer
from letitcrash.caching.shelves import run_shelves

__all__ = [
    "HICCUPS",
    "Answers",
    "Ask",
    "Beat",
    "ButcherDays",
    "Cache",
    "Calls",
    "Change",
    "Changed",
    "Connected",
    "Entry",
    "Failed",
    "Gap",
    "Home",
    "Morning",
    "Office",
    "Prewarm",
    "Price",
    "Ring",
    "Shelf",
    "ShelfServer",
    "Since",
    "drop_changed",
    "flush_when_connected",
    "hit_share",
    "missed",
    "on_news",
    "outcome",
    "owner",
    "owner_by_remainder",
    "owner_within",
    "ring",
    "run_butchers",
    "run_calls",
    "run_orders",
    "run_shelves",
    "shelves_as_processes",
    "stable_hash",
    "stale_share",
    "start_times",
]
