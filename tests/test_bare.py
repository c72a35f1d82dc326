"""`make site` on a machine that has only what the README asks for, for each Python that is here."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ASKED_FOR = ("make", "git")


def pythons() -> list[Path]:
    """A Python of each version that the book runs on: the system's own where it has one, else pyenv's."""
    found = []
    for minor in (11, 12, 13):
        here = [Path(f"/usr/bin/python3.{minor}"), *Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")]
        found += [path for path in here if path.exists()][:1]
    return found


def essential_programs() -> list[Path]:
    """The programs of Debian's essential packages, which every such system has."""
    query = ["dpkg-query", "--show", "--showformat", "${Essential} ${Package}\\n"]
    lines = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()
    names = [line.split()[1] for line in lines if line.startswith("yes ")]
    listed = subprocess.run(["dpkg", "--listfiles", *names], capture_output=True, text=True, check=True).stdout
    paths = [Path(line) for line in listed.splitlines() if Path(line).parent.name in ("bin", "sbin")]
    return [path for path in paths if path.is_file()]


@pytest.mark.long
@pytest.mark.parametrize("python", pythons(), ids=lambda path: str(path.parent).strip("/").replace("/", "-"))
def test_the_site_is_built_where_there_is_nothing_but_what_the_readme_asks_for(python, tmp_path):
    """A fresh clone, no home, no Node.js: only Debian's essential programs, make, git and a Python."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for path in [*essential_programs(), *(Path(shutil.which(name)) for name in ASKED_FOR)]:
        if not (programs / path.name).exists():
            (programs / path.name).symlink_to(path.resolve())
    subprocess.run(["git", "clone", "--quiet", ROOT, tmp_path / "book"], check=True)
    kept = (
        "PIP_",
        "SSL_",
        "REQUESTS_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
        "npm_config_",
        "http",
        "LANG",
    )  # to the registries
    environment = {name: value for name, value in os.environ.items() if name.startswith(kept)}
    environment |= {"PATH": str(programs), "HOME": str(tmp_path), "PYTHON": str(python)}
    done = subprocess.run(["make", "site"], cwd=tmp_path / "book", env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "book" / "_build" / "html" / "book" / "welcome.html").exists()
