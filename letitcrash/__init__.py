"""Let It Crash: from one grocery store to many towns - the mini-system that the book builds."""

from letitcrash.world import World, hours, minutes

__all__ = ["World", "hours", "minutes"]
__version__ = "0.1.0"
