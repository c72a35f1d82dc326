"""Derive each lab's starter from its solution.

python tools/labs.py            writes labs/*/lab.ipynb
python tools/labs.py --check    says which of them are stale, and fails if any is
"""

import argparse
import sys
from pathlib import Path

from letitcrash.classroom import starter

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Derive, or check, the starters of the folders named on the command line; of all labs when none is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="labs/01_the_till_and_the_queue ...")
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    folders = arguments.folders or sorted(path.parent for path in (ROOT / "labs").glob("*/solution.ipynb"))
    stale = []
    for folder in folders:
        try:
            text = starter.write(starter.derive(starter.read(folder / "solution.ipynb")))
        except starter.LabError as error:
            sys.exit(f"{folder.name}: {error}")
        target = folder / "lab.ipynb"
        if target.is_file() and target.read_text(encoding="utf-8") == text:
            continue
        stale.append(folder.name)
        if not arguments.check:
            target.write_text(text, encoding="utf-8")
            print(f"{folder.name}/lab.ipynb derived")
    if arguments.check and stale:
        sys.exit(f"stale: {', '.join(stale)}; `make labs` derives them again")
    if not stale:
        print(f"{len(folders)} labs, all as their solutions say")


if __name__ == "__main__":
    main()
