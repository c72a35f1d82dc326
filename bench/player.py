"""The player in headless Chromium: frames while 10,000 events play, the time of a seek, and what is sent.

A frame's cost is the CPU time of all of the browser's processes, so that a busy machine counts less; the time from
frame to frame stands beside it.
"""

import atexit
import functools
import gzip
import json
import os
import shutil
import tempfile
from itertools import islice
from pathlib import Path

from bench.browser import browser
from bench.harness import Claim, Race
from letitcrash import World
from letitcrash.queueing import Exponential, Poisson, run_store
from letitcrash.show import bundle as cards
from letitcrash.show.player import bundle, watch
from letitcrash.show.player.pack import pack
from letitcrash.show.player.source import Source
from letitcrash.trace import Trace

EVENTS = 10_000
FRAMES = 150

kept: dict = {}  # by run: times between frames that were measured together with the CPU of a frame

PLAY = """async (frames) => {
  const player = document.querySelector(".lic-player").player, times = [];
  player.go(Math.floor(player.pace.n / 4), { announce: false });
  player.play();
  await new Promise((done) => {
    const next = (time) => { times.push(time); times.length > frames ? done() : requestAnimationFrame(next); };
    requestAnimationFrame(next);
  });
  player.pause({ announce: false });
  return (times.at(-1) - times[0]) / frames;
}"""
SEEK = """(seeks) => {
  const player = document.querySelector(".lic-player").player, times = [];
  for (let i = 1; i <= seeks; i++) {
    const before = performance.now();
    player.go((i * 7919) % player.pace.n, { announce: false });
    document.body.getBoundingClientRect();
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[Math.floor(seeks * 0.9)];
}"""


@functools.cache
def store() -> Trace:
    """10,000 events of a store with four tills."""
    return run_store(Poisson(130), Exponential(100), 4, customers=2_500, seed=3, trace=True).trace


@functools.cache
def ring() -> list:
    """10,000 events of thirty processes that pass forty messages on."""
    world = World(seed=3)

    async def neighbour(me, to):
        while True:
            left = await me.receive()
            await me.sleep(0.05)
            if left:
                me.send(to, left - 1)

    for i in range(30):
        world.spawn(neighbour, f"p{(i * 7 + 1) % 30}", name=f"p{i}")
    for i in range(40):
        world.at(0.01 * i, world.send, f"p{i % 30}", 100)
    world.run(until=60)
    return list(islice(world.trace, EVENTS))


@functools.cache
def session():
    """The page through which the browser is asked."""
    return browser().new_browser_cdp_session()


def cpu() -> float:
    """The CPU seconds that all of the browser's processes have used."""
    return sum(one["cpuTime"] for one in session().send("SystemInfo.getProcessInfo")["processInfo"])


@functools.cache
def page(run):
    """A page that plays `run()`, as wide as the book's column."""
    os.environ["LETITCRASH_STATIC"] = "1"
    html = watch(run())._repr_mimebundle_()["text/html"]
    del os.environ["LETITCRASH_STATIC"]
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "page.html").write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{cards.style()}{bundle.style()}</style>'
        f"<body>{html}<script>{bundle.script()}</script></body></html>",
        "utf-8",
    )
    opened = browser().new_page(viewport={"width": 820, "height": 1200})
    opened.goto((folder / "page.html").as_uri())
    opened.wait_for_function("document.querySelector('.lic-player').player")
    return opened


def play(run) -> tuple[float, float]:
    """Milliseconds while `run` plays at speed 1: of CPU for a frame, and from one frame to the next."""
    opened = page(run)
    opened.bring_to_front()
    before = cpu()
    between = opened.evaluate(PLAY, FRAMES)
    return 1000 * (cpu() - before) / FRAMES, between


def frame_cpu(run) -> float:
    """The CPU of a frame; the time between frames is kept for the variant that asks for it in the same round."""
    used, between = play(run)
    kept.setdefault(run, []).append(between)
    return used


def between_frames(run) -> float:
    """The time from frame to frame."""
    return kept[run].pop() if kept.get(run) else play(run)[1]


def seek(run) -> float:
    """Milliseconds of the slowest but a tenth of 60 seeks all over the run."""
    page(run).bring_to_front()
    return page(run).evaluate(SEEK, 60)


def zipped(text: str) -> float:
    """Kilobytes of `text`, gzipped."""
    return len(gzip.compress(text.encode(), mtime=0)) / 1000


def a_thousand(run) -> float:
    """Kilobytes, gzipped, of the first 1,000 events of `run`."""
    events = list(islice(run(), 1000))
    return zipped(json.dumps(pack(Source(events), len(events))))


def races() -> list[Race]:
    """Frames and seeks of two runs of 10,000 events, and the sizes of what travels."""
    runs = {"a store": store, "a ring of processes": ring}
    frames = {"a frame of 1/60 s": (1, lambda _: 1000 / 60)}
    seeks = {"a tenth of a second": (1, lambda _: 100.0)}
    claims, asked = [], []
    for name, run in runs.items():
        frames |= {
            f"cpu, {name}": (1, lambda _, run=run: frame_cpu(run)),
            f"rate, {name}": (1, lambda _, run=run: between_frames(run)),
        }
        seeks[name] = (1, lambda _, run=run: seek(run))
        claims += [
            Claim(f"player: CPU of a frame, 10,000 events of {name}", f"cpu, {name}", "a frame of 1/60 s", at_most=1),
            Claim(f"player: from frame to frame, {name}", f"rate, {name}", "a frame of 1/60 s", at_most=1.05),
        ]
        asked.append(Claim(f"player: seek in 10,000 events of {name}", name, "a tenth of a second", at_most=1))
    sizes = {
        "the module": (1, lambda _: zipped(bundle.module())),
        "60 kB": (1, lambda _: 60.0),
        "40 kB": (1, lambda _: 40.0),
        **{f"1,000 events of {name}": (1, lambda _, run=run: a_thousand(run)) for name, run in runs.items()},
    }
    small = [Claim("player: the module, gzipped", "the module", "60 kB", at_most=1)]
    small += [
        Claim(f"player: 1,000 events of {name}, gzipped", f"1,000 events of {name}", "40 kB", at_most=1)
        for name in runs
    ]
    return [
        Race("ms a frame", frames, claims, ("playwright",)),
        Race("ms a seek", seeks, asked, ("playwright",)),
        Race("kB", sizes, small),
    ]
