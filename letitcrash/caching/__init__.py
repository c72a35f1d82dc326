"""Caches: answers kept on a shelf near by, the store that keeps each, and the news that makes them old."""

from letitcrash.caching.answers import Answers
from letitcrash.caching.butchers import ButcherDays, Home, run_butchers
from letitcrash.caching.cache import Cache
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
from letitcrash.caching.rings import Ring, owner, owner_by_remainder, owner_within, ring, stable_hash
from letitcrash.caching.rules import Entry, hit_share, missed, outcome, stale_share, start_times
from letitcrash.caching.shelves import run_shelves

__all__ = [
    "HICCUPS",
    "Answers",
    "Beat",
    "ButcherDays",
    "Cache",
    "Changed",
    "Connected",
    "Entry",
    "Gap",
    "Home",
    "Morning",
    "Ring",
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
    "run_orders",
    "run_shelves",
    "stable_hash",
    "stale_share",
    "start_times",
]
