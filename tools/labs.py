"""Derives each lab's starter, labs/*/lab.ipynb, from its solution. A test says which of them are stale."""

import sys
from pathlib import Path

import interrupt

from letitcrash.classroom import starter

ROOT = Path(__file__).parents[1]


def derived(solution: Path) -> str:
    """The text of the starter that this solution.ipynb gives. Raises SystemExit that names the lab."""
    try:
        return starter.write(starter.derive(starter.read(solution)))
    except starter.LabError as error:
        sys.exit(f"{solution.parent.name}: {error}")


def main() -> None:
    """Write those that are not as their solutions say."""
    solutions = sorted(ROOT.glob("labs/*/solution.ipynb"))
    for path in solutions:
        text = derived(path)
        target = path.with_name("lab.ipynb")
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            print(f"{target.relative_to(ROOT)} derived")
    print(f"{len(solutions)} labs, all as their solutions say")


if __name__ == "__main__":
    interrupt.run(main)
