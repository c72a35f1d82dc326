"""Caches: answers kept on a shelf near by, the store that keeps each, and the news that makes them old."""

from letitcrash.caching.cache import Cache
from letitcrash.caching.rings import Ring, owner, owner_by_remainder, owner_within, ring, stable_hash
from letitcrash.caching.rules import Entry, hit_share, missed, outcome, stale_share, start_times

__all__ = [
    "Cache",
    "Entry",
    "Ring",
    "hit_share",
    "missed",
    "outcome",
    "owner",
    "owner_by_remainder",
    "owner_within",
    "ring",
    "stable_hash",
    "stale_share",
    "start_times",
]
