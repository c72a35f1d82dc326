"""Write constraints.txt anew: every version that an install of the requirements takes, on the oldest Python too.

Run it after an edit of requirements.txt or requirements-dev.txt, or of the oldest Python in pyproject.toml. A package
whose newest release refuses that Python is taken in an older release.
"""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import interrupt
import vendor
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
HEAD = "# Every version that the install takes, so that it is the same each time. Made by `make lock`.\n"
Packages = dict[str, tuple[str, str]]  # name -> version, Requires-Python


def oldest_python() -> str:
    """The oldest Python that pyproject.toml admits, with its patch number: "3.11.0"."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    numbers = re.fullmatch(r">=\s*(\d+)\.(\d+)(?:\.(\d+))?", wanted)
    if not numbers:
        sys.exit(f"requires-python is {wanted!r} in pyproject.toml: write the oldest Python, such as '>=3.11'.")
    return ".".join(number or "0" for number in numbers.groups())


def refusals(packages: Packages, python: str) -> dict[str, str]:
    """The packages that cannot be installed on `python`, each with the Pythons that it asks for."""
    return {name: asked for name, (_, asked) in packages.items() if not SpecifierSet(asked).contains(python)}


def pip_would_install(*wanted: str) -> Packages:
    """The packages that pip would install in a fresh environment. Raises CalledProcessError where none fit."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        options = ["--quiet", "--dry-run", "--ignore-installed", "--report", report]
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
        subprocess.run([*pip, *options, *wanted], cwd=ROOT, check=True)
        found = [item["metadata"] for item in json.loads(report.read_text())["install"]]
    return {item["name"]: (item["version"], item.get("requires_python", "")) for item in found}


def required() -> list[str]:
    """The packages that the project names: its requirements."""
    files = [ROOT / name for name in ("requirements.txt", "requirements-dev.txt")]
    return [line for file in files for line in file.read_text().splitlines() if line and line[0] not in "#-"]


def newest_for(python: str, name: str) -> str:
    """The newest release of `name` that `python` can install."""
    target = ("--python-version", python, "--only-binary=:all:", "--target", "unused")
    return pip_would_install("--no-deps", *target, name)[name][0]


def resolve_for(python: str) -> Packages:
    """The newest packages that fit together and that `python` can install."""
    limits: list[str] = []
    while refused := refusals(packages := pip_would_install(*required(), *limits), python):
        for name, asked in refused.items():
            limits.append(f"{name}<={newest_for(python, name)}")
            print(f"{name} {packages[name][0]} asks for Python {asked}: {limits[-1]} is taken.", flush=True)
    return packages


def pins(packages: Packages) -> str:
    """The text of constraints.txt."""
    lines = [f"{name}=={version}" for name, (version, _) in sorted(packages.items(), key=lambda item: item[0].lower())]
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Resolve without constraints, and keep what was found."""
    oldest = oldest_python()
    if tuple(map(int, oldest.split(".")[:2])) != sys.version_info[:2]:
        sys.exit(f"`make lock` looks for what the oldest Python needs: run it with Python {oldest.rpartition('.')[0]}.")
    try:
        CONSTRAINTS.write_text(pins(resolve_for(oldest)))
    except subprocess.CalledProcessError:
        sys.exit("The requirements do not fit together, or the network is missing: pip's own words are above.")
    vendor.lock()
    print("constraints.txt and tools/npm/package-lock.json are renewed; run `make test` before committing them.")


if __name__ == "__main__":
    interrupt.run(main)
