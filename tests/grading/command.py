"""The command of the teacher's guide, run on the toy lab."""

import csv
import os
import subprocess
import sys
from pathlib import Path

LABS = Path(__file__).parents[1] / "toy_labs"


def grade(folder, *options, without_bubblewrap=False, temporary=None):
    """Run the command in `folder`, as a teacher would."""
    environment = {**os.environ, "PYTEST_ADDOPTS": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": ""}
    if temporary:
        environment["TMPDIR"] = str(temporary)
    if without_bubblewrap:
        environment["PATH"] = str(folder / "empty")
    command = [sys.executable, "-m", "pytest", "--nbmake", "--grade", str(LABS), "--tb=short", "-p", "no:cacheprovider"]
    command += ["--grade-seconds", "60", *options]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=540)


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
