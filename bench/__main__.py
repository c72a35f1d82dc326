"""Run the benchmarks: `python -m bench`, or `python -m bench ciw` for the rows with "ciw" in their name.

A filter can also be the name of a module: `python -m bench queues`.
"""

import pkgutil
import sys
from dataclasses import replace
from importlib import import_module

import interrupt

import bench
from bench import harness

NO_RACES = {"__main__", "browser", "harness"}


def main(wanted: str = "") -> int:
    """Run every race of every module that has a claim with `wanted` in its name; print and write the results."""
    rows = []
    modules = sorted({module.name for module in pkgutil.iter_modules(bench.__path__)} - NO_RACES)
    if wanted in ("-h", "--help"):
        print(f"{__doc__}\nModules: {', '.join(modules)}")
        return 0
    if wanted in modules:
        modules, wanted = [wanted], ""
    for module in modules:
        for race in import_module(f"bench.{module}").races():
            claims = [claim for claim in race.claims if wanted in claim.name]
            if claims:
                needed = {name for claim in claims for name in (claim.ours, claim.peer)}
                variants = {name: variant for name, variant in race.variants.items() if name in needed}
                found = harness.run([replace(race, variants=variants, claims=claims)])
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
    interrupt.run(lambda: main(*sys.argv[1:2]))
