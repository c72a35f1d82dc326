"""The scripts and styles of the pictures, for a notebook and for a page."""

import functools
import gzip
import importlib.util
import json
from pathlib import Path

from letitcrash.show import palette, scripts

HERE = Path(__file__).parent / "static"
PARTS = (
    "store",
    "theme",
    "plotly",
    "picture",
    "unpack",
    "sketch",
    "bet",
    "quiz",
    "veil",
    "explore",
    "schedule",
    "floor",
    "drag",
    "scene",
)


def _joined(entry: str) -> str:
    colours = json.dumps({"names": palette.NAMES, "dark": palette.DARK})
    return f"const PALETTE = {colours};\n{scripts.joined(HERE, (*PARTS, entry))}"


@functools.cache
def module() -> str:
    """The ES module that a notebook's widget runs."""
    return scripts.module(_joined("widget"))


@functools.cache
def script() -> str:
    """The classic script of a static page, which also runs from a file."""
    return scripts.script(_joined("page"))


@functools.cache
def style() -> str:
    """The style sheet, its colours taken from the palette."""
    light = "".join(f"--lic-{name}: {colour}; " for name, colour in palette.NAMES.items())
    dark = "".join(f"--lic-{name}: {palette.DARK[colour]}; " for name, colour in palette.NAMES.items())
    return (HERE / "show.css").read_text("utf-8").replace("/* light */", light).replace("/* dark */", dark)


@functools.cache
def plotly_zipped() -> bytes:
    """The installed plotly's own script, gzipped, for a notebook that finds none; found without importing plotly.

    Raises ModuleNotFoundError when plotly is not installed.
    """
    found = importlib.util.find_spec("plotly")
    if found is None:
        raise ModuleNotFoundError("plotly is not installed: the pictures of a notebook need it (pip install plotly)")
    path = Path(next(iter(found.submodule_search_locations))) / "package_data" / "plotly.min.js"
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)
