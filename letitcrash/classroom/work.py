"""Your work in one file: notebooks, kept parts and bets, from one place to another and back.

The file is JSON: `{"letitcrash": "work", "version": 1, "files": {...}, "bets": {...}}`; a file stands under its path as
`{"format": "json" or "text", "content": ...}`, bets under their keys. The site's page "Your work" writes and reads the
same file, with the same script.
"""

import functools
import json
import os
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from letitcrash.classroom import parts

VERSION = 1
FILES = ("notebooks/*.ipynb", "labs/*/lab.ipynb", f"{parts.FOLDER}/*.py", "*.ipynb")
BEFORE = f"{parts.FOLDER}/before"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


class NotWork(ValueError):
    """A file that holds no work that can be brought back; the message says why. Nothing was changed."""


def home() -> Path:
    """The folder that paths in a file of work start from: the one that holds `labs`, else the kernel's own."""
    return parts.folder().parent


def pack(bets: Mapping[str, Any] | None = None, root: Path | None = None) -> str:
    """All work below `root` as the text of a file of work; `bets` are the front end's, by key."""
    root = root or home()
    paths = {path for pattern in FILES for path in root.glob(pattern) if path.is_file()}
    files = {path.relative_to(root).as_posix(): _entry(path) for path in sorted(paths)}
    return json.dumps({"letitcrash": "work", "version": VERSION, "files": files, "bets": dict(bets or {})})


def unpack(text: str) -> dict[str, Any]:
    """The work in the text of a file of work, checked. Raises NotWork."""
    try:
        work = json.loads(text)
    except ValueError as error:
        raise NotWork(f"the file is damaged or is no file of work ({error}); save it anew where you worked") from None
    if not isinstance(work, dict) or work.get("letitcrash") != "work":
        raise NotWork("this is another kind of file; bring back the one that the button Save my work made")
    if work.get("version") != VERSION:
        raise NotWork(f"the file is of version {work.get('version')}; this release reads version {VERSION}")
    files, bets = work.get("files"), work.get("bets")
    if not isinstance(files, dict) or not isinstance(bets, dict):
        raise NotWork("the file is damaged: it has no list of files and bets")
    for path, entry in files.items():
        _check(path, entry)
    return work


def bring_back(text: str, root: Path | None = None) -> list[str]:
    """Write the work in `text` below `root`; returns a sentence for each file that changed something.

    A file that stood there before and differs is kept in `.letitcrash/before`. Raises NotWork before anything is
    written, and OSError, naming the file, when there is no room.
    """
    root = root or home()
    said = []
    for path, entry in sorted(unpack(text)["files"].items()):
        target, content = root / path, _text(entry)
        if not target.exists():
            said.append(f"{path}: brought back")
        elif _same(_entry(target), entry):
            continue
        else:
            said.append(f"{path}: brought back; what was here is now {_set_aside(target, root)}")
        _write(target, content)
    return said


def your_work() -> Any:
    """Two buttons: save all work to a file, bring it back from one."""
    return _widget_class()()


def save_work(file: str | Path = "my-work.json", bets: Mapping[str, Any] | None = None) -> Path:
    """Save all work to `file`; an existing one is not overwritten, the next free name is taken."""
    target = _free(Path(file))
    _write(target, pack(bets))
    print(f"Your work is in {target}. Bring it back anywhere with restore_work({target.name!r}).")
    return target


def restore_work(file: str | Path) -> None:
    """Bring back the work in `file`; says what came back, and what is wrong with the file instead of raising."""
    try:
        said = bring_back(Path(file).read_text(encoding="utf-8"))
    except (NotWork, OSError, UnicodeDecodeError) as error:
        return print(f"{file}: {error}. Nothing here was lost.")
    print("\n".join(said) or "Everything in it is here already.")


@functools.cache
def _widget_class() -> type:
    import anywidget

    class YourWork(anywidget.AnyWidget):
        """The page's two buttons, with this kernel's files behind them."""

        _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

        def __init__(self):
            super().__init__()
            self.on_msg(lambda _, message, buffers: self.send(answer(message)))

    return YourWork


def answer(message: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to the buttons: the file's text, the files that came back, or a problem in words."""
    try:
        if message.get("ask") == "save":
            return {"text": pack(message.get("bets"))}
        return {"said": bring_back(str(message.get("text")))}
    except (NotWork, OSError) as error:
        return {"problem": str(error)}


def _entry(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".ipynb":
        try:
            return {"format": "json", "content": json.loads(text)}
        except ValueError:
            pass  # a notebook that is no JSON is work all the same
    return {"format": "text", "content": text}


def _text(entry: Mapping[str, Any]) -> str:
    content = entry["content"]
    if entry["format"] == "text":
        return content
    if isinstance(content.get("metadata"), dict):  # the browser's kernel has another name
        content = {**content, "metadata": {**content["metadata"], "kernelspec": KERNEL}}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _check(path: str, entry: Any) -> None:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path or not pure.parts:
        raise NotWork(f"the file would write to {path!r}, outside this folder; it was not made by Save my work")
    if not isinstance(entry, dict) or {"json": dict, "text": str}.get(entry.get("format")) is not type(
        entry.get("content")
    ):
        raise NotWork(f"the file is damaged: {path} cannot be read in it")


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Compare the work in two entries, without the layout of a notebook and the name of its kernel."""
    return _text(one) == _text(other)


def _set_aside(target: Path, root: Path) -> str:
    """Keep what `target` holds under `.letitcrash/before`; returns where."""
    aside = _free(root / BEFORE / target.relative_to(root))
    aside.parent.mkdir(parents=True, exist_ok=True)
    os.replace(target, aside)
    return aside.relative_to(root).as_posix()


def _free(path: Path) -> Path:
    """`path`, or with a number where that name is taken."""
    numbered, number = path, 1
    while numbered.exists():
        number += 1
        numbered = path.with_stem(f"{path.stem}-{number}")
    return numbered


def _write(target: Path, text: str) -> None:
    """Write whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.draft")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, target)
