"""The player's scripts and its style sheet, for a notebook and for a page."""

import functools
from pathlib import Path

from letitcrash.show import scripts
from letitcrash.show.player import event_table

HERE = Path(__file__).parent
PARTS = (
    *(
        "text",
        "event_sentences",
        "process_names",
        "state_changes",
        "replay",
        "unpack",
        "pace",
        "messages",
        "store_facts",
    ),
    *("shapes", "egg_shapes", "person_shapes", "till_shapes", "wall_shapes", "weather_shapes"),
    *(
        "floor_plan",
        "store_scene",
        "customer_figures",
        "falling_eggs",
        "store_view",
        "door_shapes",
        "street_view",
        "shelf_view",
    ),
    *("restart_window", "process_tree", "tree_layout", "tree_view", "spacetime_marks", "spacetime_view"),
    *("run", "timeline", "selection", "window_fit", "views"),
    *("controls", "event_list", "input", "player"),
)


def _joined(entry: str) -> str:
    return event_table.as_script() + scripts.joined(HERE / "js", (*PARTS, entry))


@functools.cache
def module() -> str:
    """The ES module that a notebook's widget runs."""
    return scripts.module(_joined("widget"))


@functools.cache
def script() -> str:
    """The classic script of a static page, which also runs from a file: it wakes every player there."""
    return scripts.script(_joined("page"))


@functools.cache
def style() -> str:
    """The player's own style sheet; the cards' common one is `letitcrash.show.bundle.style()`."""
    return (HERE / "player.css").read_text("utf-8")
