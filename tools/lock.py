"""Writes constraints.txt anew: every version that an install of the requirements takes, found in a fresh environment.

Run it after an edit of requirements.txt or requirements-dev.txt. Raise a version there; what comes along is found here.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import vendor

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "constraints.txt"
HEAD = "# Every version that the install takes, so that it is the same each time. Made by `make lock`.\n"


def pins(frozen: str) -> list[str]:
    """The `name==version` lines of a `pip freeze`, this project's own left out, in the order of their names."""
    lines = [line for line in frozen.splitlines() if re.fullmatch(r"[\w.-]+==\S+", line)]
    return sorted((line for line in lines if not line.startswith("letitcrash==")), key=str.lower)


def main() -> None:
    """Install into a temporary environment without constraints, and keep what was installed."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "env" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
        wanted = []
        for name in ("requirements.txt", "requirements-dev.txt"):
            lines = (ROOT / name).read_text().splitlines()
            free = [line for line in lines if not line.startswith(("-c ", "-e "))]
            (Path(folder) / name).write_text("\n".join(free))
            wanted += ["-r", str(Path(folder) / name)]
        pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
        done = subprocess.run([*pip, "install", "--quiet", *wanted], cwd=ROOT)
        if done.returncode:
            sys.exit("The requirements do not fit together, or the network is missing: pip's own words are above.")
        frozen = subprocess.run([*pip, "freeze"], capture_output=True, text=True, check=True).stdout
    CONSTRAINTS.write_text(HEAD + "\n".join(pins(frozen)) + "\n")
    vendor.lock()
    print("constraints.txt and tools/npm/package-lock.json are renewed; run `make test` before committing them.")


if __name__ == "__main__":
    main()
