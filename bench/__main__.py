"""Run the benchmarks: `python -m bench`, or `python -m bench ciw` for the rows with "ciw" in their name.

A filter can also be the name of a module: `python -m bench queues`.
"""

import pkgutil
import sys
from dataclasses import replace
from importlib import import_module

import bench
from bench import harness


def main(wanted: str = "") -> int:
    """Run every race of every module that has a claim with `wanted` in its name; print and write the results."""
    rows = []
    for name in sorted(module.name for module in pkgutil.iter_modules(bench.__path__)):
        if name in ("__main__", "harness"):
            continue
        for race in import_module(f"bench.{name}").races():
            claims = [claim for claim in race.claims if wanted in claim.name or wanted == name]
            if claims:
                found = harness.run([replace(race, claims=claims)])
                print(harness.table(found), flush=True)
                rows += found
    if not rows:
        print(f"no row has {wanted!r} in its name, and no module is called so")
        return 2
    harness.write(rows)
    missed = [row["name"] for row in rows if row["met"] is False]
    print(
        f"\n{len(rows)} rows in {harness.RESULTS}; " + (f"missed: {', '.join(missed)}" if missed else "no goal missed")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
