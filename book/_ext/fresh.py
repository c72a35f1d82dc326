"""Keeps executed notebooks true to the code they import.

The execution cache (jupyter-cache) knows a notebook's cells, not the library behind them, and Sphinx does not read
again a page whose source is as it was. So this takes a fingerprint of everything else that an output depends on. When
it has changed, the cache is emptied and every notebook counts as out of date; an edit of one chapter executes that one.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

EXECUTED_WITH = ("letitcrash/**/*", "labs/**/*.py", "notebooks/*/**/*", "constraints.txt", "book/_ext/fresh.py")
BROWSER_ONLY = (".js", ".css", ".pyc")  # no output of a notebook depends on them


def fingerprint(root: Path) -> str:
    """A hash of the Python version and of each file's path and bytes that notebooks are executed with."""
    digest = hashlib.sha256(sys.version.encode())
    paths = {path for pattern in EXECUTED_WITH for path in root.glob(pattern) if path.is_file()}
    for path in sorted(paths):
        if path.suffix not in BROWSER_ONLY:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def empty_stale_cache(app: Sphinx) -> None:
    """Empty the execution cache when it was filled with other code, and note with which code it is filled now."""
    cache = Path(app.outdir).parent / ".jupyter_cache"
    note = cache / "executed-with.txt"
    now = fingerprint(Path(app.srcdir))
    if not note.exists() or note.read_text() != now:
        shutil.rmtree(cache, ignore_errors=True)
        cache.mkdir(parents=True)
        note.write_text(now)


def notebooks_executed_with_other_code(app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """The pages to read again beside those whose own source has changed.

    The environment is kept on disk after all pages are read, so a build that is broken off leaves the old fingerprint.
    """
    now = fingerprint(Path(app.srcdir))
    if getattr(env, "executed_with", now) == now:
        env.executed_with = now
        return []
    env.executed_with = now
    return [name for name in env.found_docs if env.doc2path(name).endswith(".ipynb")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    os.environ.setdefault("LETITCRASH_STATIC", "1")  # explorables then ship all their states, see letitcrash.show
    kept = Path(app.outdir).parent / "kept"  # what solutions keep; a reader's own parts are neither used nor touched
    shutil.rmtree(kept, ignore_errors=True)
    os.environ["LETITCRASH_KEPT"] = str(kept)
    app.connect("builder-inited", empty_stale_cache, priority=100)
    app.connect("env-get-outdated", notebooks_executed_with_other_code)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
