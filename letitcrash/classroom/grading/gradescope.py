"""An autograder for Gradescope: `python -m letitcrash.classroom.grading.gradescope labs/01_... autograder.zip`.

Gradescope starts one container a submission, unpacks the zip in /autograder/source, runs setup.sh once and
run_autograder for each submission. Where its containers forbid bubblewrap the results say `untrusted`.
"""

import argparse
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
PROJECT = ("pyproject.toml", "requirements.txt", "constraints.txt", "README.md", "LICENSE")
LAB = ("exam.py", "solution.ipynb")

SETUP = """#!/usr/bin/env bash
set -e
apt-get update
apt-get install -y bubblewrap
for python in python3.13 python3.12 python3.11; do
  apt-get install -y $python $python-venv && break  # Ubuntu 22.04 has 3.11 beside its 3.10, 24.04 has 3.12
done
$python -m venv /autograder/python
cd /autograder/source
/autograder/python/bin/pip install -c constraints.txt . nbmake ipykernel
"""

RUN = """#!/usr/bin/env bash
cd /autograder
rm -rf handed && mkdir -p handed && cp -r submission handed/student
python/bin/python -m pytest --nbmake --grade source/labs handed --grade-to grades --grade-seed {seed} \\
  --grade-untrusted --tb=no -q || true
mkdir -p results
find grades/gradescope -name results.json -exec cp {{}} results/results.json \\;
test -f results/results.json ||
  echo '{{"score": 0, "output": "The grader stopped: tell your teacher."}}' > results/results.json
"""


def pack(lab: Path, target: Path, seed: int) -> Path:
    """Write the autograder of `lab` to `target`. Raises FileNotFoundError for a folder that is no lab."""
    files = {f"labs/{lab.name}/{name}": lab / name for name in LAB}
    files |= {name: ROOT / name for name in PROJECT if (ROOT / name).is_file()}
    package = ROOT / "letitcrash"
    parts = [path for path in sorted(package.rglob("*")) if path.is_file() and path.suffix != ".pyc"]
    files |= {path.relative_to(ROOT).as_posix(): path for path in parts}  # scripts too: the solution shows players
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files.items():
            archive.write(path, name)
        for name, text in (("setup.sh", SETUP), ("run_autograder", RUN.format(seed=seed))):
            script = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            script.external_attr = 0o755 << 16
            archive.writestr(script, text)
    return target


def main() -> None:
    """Write the zip named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lab", type=Path, help="labs/01_the_till_and_the_queue")
    parser.add_argument("target", type=Path, help="autograder.zip")
    parser.add_argument("--seed", type=int, required=True, help="of the questions, the same for the whole class")
    arguments = parser.parse_args()
    try:
        print(pack(arguments.lab.resolve(), arguments.target, arguments.seed))
    except FileNotFoundError as error:
        parser.error(f"{arguments.lab} is no lab: {error.filename} is not there")


if __name__ == "__main__":
    main()
