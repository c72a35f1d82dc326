"""Write the skeleton of a chapter and its lab, which passes `make quick` as it is.

    python tools/chapter.py 6 "Two stores"

The templates are in tools/skeleton. Nothing that exists is overwritten. A new chapter and its lab are drafts as long as
the title cell of their notebook has the tag `draft`: no rule about their length holds, and `make test-long` fails.
"""

import argparse
import re
import sys
from pathlib import Path

import interrupt
import nbformat
import nbtext

import labs

ROOT = Path(__file__).resolve().parent.parent
SKELETON = Path(__file__).parent / "skeleton"
NUMBERED = re.compile(r"notebooks/(\d\d)_\w+")


def files(number: int, name: str) -> dict[str, str]:
    """The path of each file of a new chapter below the project's root, and the template that it is made from."""
    nn, slug = f"{number:02}", slug_of(name)
    show, lab = f"letitcrash/show/chapter{nn}", f"labs/{nn}_{slug}"
    return {
        f"notebooks/erlang/{slug}.erl": "program",
        f"notebooks/{nn}_{slug}.ipynb": "chapter",
        f"{show}/__init__.py": "show",
        f"{show}/bets.py": "bets",
        f"{show}/questions.py": "questions",
        f"{lab}/solution.ipynb": "lab",
        f"{lab}/exam.py": "exam",
        f"{lab}/accept/leaves_at_one_by_one.py": "accept",
        f"{lab}/reject/leaves_at_forgets_us.py": "reject",
        f"{lab}/survivors.md": "survivors",
        f"tests/test_chapter{nn}.py": "test_chapter",
        f"tests/test_lab{nn}.py": "test_lab",
    }


def slug_of(name: str) -> str:
    """The name as part of a path.

    >>> slug_of("Two stores, one queue")
    'two_stores_one_queue'
    """
    return "_".join(re.findall(r"[a-z0-9]+", name.lower()))


def filled(template: str, number: int, name: str) -> str:
    """The text of a template, for this chapter."""
    words = {"N": str(number), "NN": f"{number:02}", "NAME": name, "SLUG": slug_of(name)}
    text = (SKELETON / f"{template}.txt").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text.replace("@PROGRAM@", filled("program", number, name)) if "@PROGRAM@" in text else text


def in_contents(contents: str, number: int, name: str) -> str:
    """The table of contents with this chapter and its lab, after the chapter with the next smaller number."""
    nn, slug = f"{number:02}", slug_of(name)
    entry = [
        f"      - file: notebooks/{nn}_{slug}",
        f'        title: "{number} · {name}"',
        "        sections:",
        f"          - file: labs/{nn}_{slug}/lab",
        f'            title: "Lab {number}"',
        f"          - file: labs/{nn}_{slug}/solution",
        f'            title: "Lab {number}, solved"',
    ]
    rows = contents.splitlines()
    before = [at for at, row in enumerate(rows) if (found := NUMBERED.search(row)) and int(found[1]) < number]
    last = max(before)
    end = next(at for at in range(last + 1, len(rows)) if rows[at].startswith("      - ") or rows[at][:4] == "  - ")
    return "\n".join([*rows[:end], *entry, *rows[end:]]) + "\n"


def write(root: Path, number: int, name: str) -> list[Path]:
    """Write the chapter below `root`: its files. Raises SystemExit, and writes nothing, when the number is taken."""
    if not slug_of(name) or not re.fullmatch(r"[\w ,':-]+", name):
        sys.exit(
            f'a name has letters, digits, spaces and , \' : -; got {name!r}: make chapter N={number} NAME="Two stores"'
        )
    if taken := sorted([*root.glob(f"notebooks/{number:02}_*.ipynb"), *root.glob(f"labs/{number:02}_*")]):
        sys.exit(f"chapter {number} is there: {taken[0].relative_to(root)}; nothing was written")
    contents = root / "_toc.yml"
    if not any(int(found) < number for found in NUMBERED.findall(contents.read_text(encoding="utf-8"))):
        sys.exit(f"chapter {number} has no chapter before it in _toc.yml; nothing was written")
    written = []
    for inside, template in files(number, name).items():
        path = root / inside
        path.parent.mkdir(parents=True, exist_ok=True)
        text = filled(template, number, name)
        if path.suffix == ".ipynb":
            nbformat.write(nbtext.to_notebook(text), path)
        else:
            path.write_text(text, encoding="utf-8")
        written.append(path)
    starter = root / "labs" / f"{number:02}_{slug_of(name)}" / "lab.ipynb"
    starter.write_text(labs.derived(starter.with_name("solution.ipynb")), encoding="utf-8")
    written.append(starter)
    contents.write_text(in_contents(contents.read_text(encoding="utf-8"), number, name), encoding="utf-8")
    return written


def main() -> None:
    """Write the chapter and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int)
    parser.add_argument("name")
    arguments = parser.parse_args()
    for path in write(ROOT, arguments.number, arguments.name):
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    interrupt.run(main)
