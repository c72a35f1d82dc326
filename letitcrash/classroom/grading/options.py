"""The options with which a folder of grades was begun: a later run that does not repeat them has them all the same."""

import json
from pathlib import Path
from typing import Any

from letitcrash.classroom.grading import files

KEPT = {"grade_seconds": 10, "grade_late": 0.0, "grade_notes": "", "grade_untrusted": False}
"""The options that are kept beside the seed, and what they are where nobody has said."""


class OptionsError(ValueError):
    """A file of options that was damaged; the message names it."""


def settle(folder: Path, given: dict[str, Any], labs: dict[str, str], write: bool) -> tuple[dict[str, Any], list[str]]:
    """The options of the folder, those `given` in place of earlier ones; and a sentence for each that changed.

    `labs` are the folders of labs by name; those of earlier runs stay. Raises OptionsError.
    """
    path = folder / "options.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        kept = {name: kept[name] for name in (*KEPT, "labs") if name in kept}
        earlier = {str(name): str(place) for name, place in kept.get("labs", {}).items()}
        for name, usual in KEPT.items():
            kept[name] = type(usual)(kept.get(name, usual))
    except (OSError, ValueError, TypeError, AttributeError):
        raise OptionsError(f"{path} holds no options: delete it, and give them again") from None
    asked = {name: given[name] for name in KEPT if given.get(name) not in (None, False)}
    said = [
        f"--{name.replace('_', '-')} is {value} from now on; it was {kept[name]}"
        for name, value in asked.items()
        if path.exists() and value != kept[name]
    ]
    settled = {**kept, **asked, "labs": {**earlier, **labs}}
    text = json.dumps(settled, indent=1)
    if write and not (path.exists() and path.read_text(encoding="utf-8") == text):
        files.replace(path, text)
    return settled, said
