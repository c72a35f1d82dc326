"""Files that several runs may write at once, and text that anybody may have written."""

import os
import secrets
from pathlib import Path

JOINERS = "\u200c\u200d"
"""Of the signs that cannot be seen, the two that names are spelt with."""


def replace(path: Path, text: str | bytes) -> None:
    """Write `text` to `path`, whole or not at all. A link at `path` is replaced, not followed."""
    os.replace(_draft(path, text), path)


def begin(path: Path, text: str) -> bool:
    """Write `text` to `path` unless there is a file; of several at once one does. True if it was this one."""
    if path.exists():
        return False
    draft = _draft(path, text)
    try:
        os.link(draft, path)
        return True
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        os.replace(draft, path)
        return True
    finally:
        draft.unlink(missing_ok=True)


def _draft(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}.draft")
    draft.write_bytes(text.encode("utf-8", "replace") if isinstance(text, str) else text)
    return draft


def printable(text: str) -> str:
    """The text with a dot for whatever would steer a terminal, turn lines round, or break XML and UTF-8."""
    return "".join(each if each.isprintable() or each in f"\n\t{JOINERS}" else "·" for each in text)
