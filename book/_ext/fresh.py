"""Keeps executed notebooks true to the code they import.

The execution cache (jupyter-cache) knows a notebook's cells, not the library behind them, and Sphinx does not read
again a page whose source is as it was. So this takes a fingerprint of everything else that a notebook's outputs depend
on: the modules that it imports, and those that they import. When that has changed, the notebook is taken out of the
cache and counts as out of date. An edit of one chapter executes that one, an edit of one module the notebooks on top.

Sphinx would execute one notebook after the other, each while it reads the page. So those that are out of date are
executed before, side by side, and Sphinx finds them in the cache. One that fails is not there: Sphinx meets it again.
"""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from closure import files_behind
from fingerprint import fingerprint
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

EXECUTED_WITH = ("notebooks/*/**/*", "constraints.txt", "book/_ext/fresh.py", "tools/closure.py")
"""The files that every notebook's outputs depend on, beside the files behind it."""


def fingerprints(root: Path) -> dict[str, str]:
    """The fingerprint of all that the outputs of each notebook depend on, its own cells left out; by path."""
    common = fingerprint(root, EXECUTED_WITH)
    found = {}
    for path in sorted([*root.glob("notebooks/*.ipynb"), *root.glob("labs/*/*.ipynb")]):
        behind = [str(each.relative_to(root)) for each in files_behind(root, path)]
        found[path.relative_to(root).as_posix()] = fingerprint(root, behind) + common
    return found


def cache_folder(app: Sphinx) -> Path:
    """The folder in which MyST-NB keeps executed notebooks."""
    return Path(app.outdir).parent / ".jupyter_cache"


def empty_stale_cache(app: Sphinx) -> None:
    """Take out of the cache what was executed with other code, and note with which code the rest was."""
    folder, root = cache_folder(app), Path(app.srcdir)
    note = folder / "executed-with.json"
    now = fingerprints(root)
    before = json.loads(note.read_text()) if note.exists() else {}
    if before == now:
        return
    if before:
        cache = get_cache(str(folder))
        for path in now:
            if before.get(path) != now[path]:
                forget(cache, nbformat.read(root / path, as_version=4))
    else:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    note.write_text(json.dumps(now))


def forget(cache: JupyterCacheBase, notebook: NotebookNode) -> None:
    """Take these cells out of the cache, if they are there."""
    try:
        cache.remove_cache(cache.match_cache_notebook(notebook).pk)
    except KeyError:
        return


def find_outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], *_: set[str]) -> list[str]:
    """The pages to read again beside those whose own source has changed; their notebooks are executed here.

    The environment is kept on disk after all pages are read, so a build that is broken off leaves the old fingerprints.
    """
    now = fingerprints(Path(app.srcdir))
    before = getattr(env, "executed_with", now)
    env.executed_with = now
    more = {page for page in env.found_docs if before.get(name := inside(app, env, page)) != now.get(name)}
    outdated = sorted(page for page in added | changed | more if str(env.doc2path(page)).endswith(".ipynb"))
    execute_side_by_side(app, [Path(env.doc2path(page)) for page in outdated])
    return outdated


def inside(app: Sphinx, env: BuildEnvironment, page: str) -> str:
    """The path of a page's source below the project's root."""
    return Path(env.doc2path(page)).relative_to(app.srcdir).as_posix()


def execute_side_by_side(app: Sphinx, paths: list[Path]) -> None:
    """Execute the notebooks that are not in the cache, as many at once as there are processors, and put them there."""
    cache, timeout = get_cache(str(cache_folder(app))), app.config.nb_execution_timeout
    left_out = app.config.nb_execution_excludepatterns
    found = {path: nbformat.read(path, as_version=4) for path in paths if not any(map(path.match, left_out))}
    missing = {path: notebook for path, notebook in found.items() if not is_cached(cache, notebook)}

    def execute(path: Path) -> ExecutionResult:
        return single_nb_execution(missing[path], str(path.parent), timeout, allow_errors=False)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, result in zip(missing, pool.map(execute, missing), strict=True):
            if result.err is None:
                bundle = CacheBundleIn(missing[path], str(path), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def is_cached(cache: JupyterCacheBase, notebook: NotebookNode) -> bool:
    """True when the cache holds these very cells, executed."""
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    os.environ.setdefault("LETITCRASH_STATIC", "1")  # explorables then ship all their states, see letitcrash.show
    kept = Path(app.outdir).parent / "kept"  # what solutions keep; a reader's own parts are neither used nor touched
    shutil.rmtree(kept, ignore_errors=True)
    os.environ["LETITCRASH_KEPT"] = str(kept)
    app.connect("builder-inited", empty_stale_cache, priority=100)
    app.connect("env-get-outdated", find_outdated)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
