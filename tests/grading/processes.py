"""The processes of this machine."""

from pathlib import Path


def running(words):
    """The processes of this machine whose command line holds `words`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue
        if words.encode() in line:
            found.append(line)
    return found
