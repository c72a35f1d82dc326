"""The scripts and styles of the pictures, put together from their files: for a notebook and for a page.

An ES module of many files cannot be sent to a notebook, and a page opened from a file may load no module at all, so
the files are joined: their import lines dropped, their exports made plain. Names are unique over all files.
"""

import functools
import gzip
import importlib.util
import json
import re
from pathlib import Path

from letitcrash.show import palette

HERE = Path(__file__).parent / "static"
PARTS = ("store", "theme", "plotly", "picture", "unpack", "sketch", "bet", "quiz", "explore")


def _joined() -> str:
    names = {light: dark for light, dark in palette.DARK.items()}
    code = [f"const PALETTE = {json.dumps({'names': palette.NAMES, 'dark': names})};"]
    code += [(HERE / f"{part}.js").read_text("utf-8") for part in PARTS]
    text = "\n".join(code)
    text = re.sub(r"^import .*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"^export ", "", text, flags=re.MULTILINE)


@functools.cache
def module() -> str:
    """The ES module that a notebook's widget runs."""
    entry = re.sub(r"^import .*\n", "", (HERE / "widget.js").read_text("utf-8"), flags=re.MULTILINE)
    return _joined() + entry


@functools.cache
def script() -> str:
    """The classic script of a static page, which also runs from a file."""
    entry = re.sub(r"^import .*\n", "", (HERE / "page.js").read_text("utf-8"), flags=re.MULTILINE)
    return f'(() => {{\n"use strict";\n{_joined()}{entry}}})();\n'


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
