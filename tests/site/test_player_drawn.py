"""The player in a browser: what it draws is what the trace says, at any moment, however one comes there."""

import json
import math
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pdf
import player_runs
import pytest
from access import violations
from playwright.sync_api import Browser, Locator, Page

from letitcrash import World
from letitcrash.show import bundle as cards
from letitcrash.show import widget_output
from letitcrash.show.player import bundle, event_table, reducer, watch
from letitcrash.trace import Event, Trace

RUNS = list(player_runs.RUNS)
MOMENTS = 40  # looked at in each run

# Reads the picture, not the program: elements, their data attributes, and whether they are shown.
DRAWN = """root => {
  const shown = (g) => !g.closest("[hidden]") && g.style.display !== "none";
  const all = (what) => [...root.querySelectorAll(what)].filter(shown);
  const lines = {}, more = {}, tills = {}, eggs = {}, arrows = {}, waiting = {};
  for (const g of all("[data-customer]")) {
    const { customer, place, rank } = g.dataset;
    (lines[place] ??= [])[rank] = customer;
  }
  for (const g of all("[data-more]")) more[g.dataset.line] = Number(g.dataset.more);
  for (const g of all("[data-till]")) {
    const { till, state, serving, drops, mail } = g.dataset;
    tills[till] = [state, serving, Number(drops), Number(mail)];
  }
  const door = root.querySelector('[data-layer="door"]')?.dataset;
  const board = all('[data-layer="board"] .chalk').map((g) => g.textContent);
  const across = (g) => Number(/translate\\((-?[\\d.]+)/.exec(g.getAttribute("transform"))[1]);
  const nodes = all(".node").map((g) => ({ ...g.dataset, name: g.querySelector(".name").textContent,
    beats: [...g.querySelectorAll(".beat")].map(across), cups: g.querySelectorAll(".cup").length,
    broken: g.querySelectorAll(".over").length }));
  for (const g of all("[data-message]")) arrows[g.dataset.message] = g.dataset.state;
  for (const g of all("[data-waiting]")) waiting[g.dataset.lane] = Number(g.dataset.waiting);
  const counts = all(".lic-reading").map((p) => p.textContent);
  const stores = {}, age = Number(root.querySelector(".lic-street")?.dataset.age ?? 0);
  for (const { dataset: d } of all("[data-store]")) stores[d.store] = [d.counted, d.true, d.dark, d.out];
  const sorry = root.querySelector("[data-sorry]")?.dataset.sorry ?? null;
  const shelves = {}, news = root.querySelector("[data-news]")?.dataset.news ?? null;
  for (const g of all("[data-shelf]")) {
    const d = g.dataset, labels = {}, fetches = {};
    for (const { dataset: l } of g.querySelectorAll("[data-label]")) labels[l.label] = [l.look, l.wrong];
    for (const { dataset: f } of g.querySelectorAll("[data-fetch]")) fetches[f.fetch] = f.waits;
    shelves[d.shelf] = { counts: [d.labels, d.old, d.wrong, d.fetches, d.waitingHere].map(Number), labels, fetches };
  }
  const current = root.querySelector('[aria-selected="true"][data-i]');
  const player = root.player;
  return { shelves, news, stores, age, sorry, lines, more, tills, door: { ...door }, board, nodes, arrows, waiting,
           counts,
           current: current ? Number(current.dataset.i) : -1,
           n: player.n, second: player.second, thinned: player.views.find((v) => v.name === "space")?.view.thinned ?? 1,
           lanes: player.views.find((v) => v.name === "space")?.view.lanes ?? [],
           state: player.runs[0].replay.state };
}"""


def page_of(*players, dark: bool = False) -> str:
    """A page with these players, as the site makes them."""
    html = "".join(player._repr_mimebundle_()["text/html"] for player in players)
    return (
        f'<!doctype html><html lang="en" data-theme="{"dark" if dark else "light"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>A player</title>'
        f"<style>html{{background:#fffcf5}}html[data-theme=dark]{{background:#1d1a16;color:#f2eadc}}{cards.style()}{bundle.style()}"
        f"</style></head><body><main><h1>A run</h1>{html}</main><script>{bundle.script()}</script></body></html>"
    )


@pytest.fixture
def play(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Page]]:
    """`play(watch(...), width=360)`: a page with that player; it must not complain."""
    monkeypatch.setenv(widget_output.STATIC, "1")
    contexts, complaints = [], []

    def play(*players, dark=False, width=900, height=800, motion="no-preference") -> Page:
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(page_of(*players, dark=dark), "utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion=motion,
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(path.as_uri())
        page.wait_for_function("[...document.querySelectorAll('.lic-player')].every((root) => root.player)")
        return page

    yield play
    for context in contexts:
        context.close()
    assert complaints == []


def drawn(page: Page, number: int = 0) -> dict:
    return page.locator(".lic-player").nth(number).evaluate(DRAWN)


def do(page: Page, what: str) -> None:
    page.evaluate(f"(async () => {{ const player = document.querySelector('.lic-player').player; await {what}; }})()")


def looks(page: Page, ways: list[str]) -> list[dict]:
    """Give the picture after each of these moves, in turn."""
    moves = ", ".join(f"async () => {{ await {way}; }}" for way in ways)
    return page.evaluate(
        f"""(async () => {{
          const root = document.querySelector(".lic-player"), player = root.player, look = {DRAWN}, seen = [];
          for (const move of [{moves}]) {{ await move(); seen.push(structuredClone(look(root))); }}
          return seen;
        }})()"""
    )


def check(seen: dict, events: list[dict]) -> None:
    """Compare all that is drawn with what the trace says."""
    state = reducer.state_at(events, seen["n"])
    at = seen["second"]
    assert seen["state"] == json.loads(json.dumps(state))
    assert seen["current"] == seen["n"] - 1
    if seen["n"]:
        assert state["at"] <= at
    if seen["n"] < len(events):
        assert at <= events[seen["n"]]["at"] + 1e-9
    check_store(seen, state)
    if state["processes"]:
        check_tree(seen, state, at)
        check_messages(seen, state, events)


def check_store(seen: dict, state: dict) -> None:
    for number, customers in state["lines"].items():
        shown = seen["lines"].pop(f"line {number}", [])
        assert shown == [str(customer) for customer in customers[: len(shown)]]
        assert len(shown) + seen["more"].pop(number, 0) == len(customers)
    for number, till in state["tills"].items():
        look = "broken" if till["broken"] is not None else "open" if till["open"] else "closed"
        serving = "" if till["serving"] is None else str(till["serving"])
        assert seen["tills"].pop(number) == [look, serving, till["drops"], letters(state, f"till {number}")]
        assert seen["lines"].pop(f"till {number}", []) == ([serving] if serving else [])
    at_door = [customer for customer, where in state["customers"].items() if where["place"] == "door"]
    shown = [customer for customer in seen["lines"].pop("door", []) if customer]
    assert set(shown) <= set(at_door) and len(shown) + seen["more"].pop("door", 0) == len(at_door)
    check_stores(seen, state)
    check_shelves(seen, state)
    assert not any(seen["lines"].values())
    assert not seen["more"]
    assert all(till == ["closed", "", 0, 0] for till in seen["tills"].values())
    if seen["door"]:
        assert seen["door"]["sign"] == ("open" if any(till["open"] for till in state["tills"].values()) else "closed")
    if seen["board"]:
        told = dict(zip(seen["board"][::2], map(int, seen["board"][1::2]), strict=True))
        known = {"served": state["served"], "walked out": state["reneged"] + state["balked"],
                 "eggs dropped": sum(till["drops"] for till in state["tills"].values()),
                 "letters lost": state["lost"]}  # fmt: skip
        assert told.items() <= known.items()
    if state["customers"]:
        assert f"{state['served']} served" in seen["counts"][0]


def check_stores(seen: dict, state: dict) -> None:
    """The man's board, what is true behind it, the dark stores, those he leaves out, and the last sorry."""
    board, door = state["board"], state["door"]
    counted = board["counts"] if board else door["seen"] if door else []
    for number, store in state["stores"].items():
        busy = sum(state["tills"][str(till)]["serving"] is not None for till in store["tills"])
        inside = len(state["lines"].get(number, [])) + busy
        says = str(counted[int(number) - 1]) if counted else ""
        flags = [str(store[flag]).lower() for flag in ("is_dark", "is_out")]
        assert seen["stores"].pop(number) == [says, str(inside), *flags]
        assert f"{inside} in store {number}" in seen["counts"][0]
        coming = [customer for customer, where in state["customers"].items() if where["place"] == f"way {number}"]
        assert sorted(seen["lines"].pop(f"way {number}", [])) == sorted(coming)
    if state["stores"]:
        assert seen["sorry"] == (state["sorry"] and str(state["sorry"]["customer"]))
        assert seen["age"] == pytest.approx(seen["second"] - board["at"] if board else 0.0)


def check_shelves(seen: dict, state: dict) -> None:
    """The labels of each shelf, those too old, the fetches on their way and their customers, and the line for news."""
    for number, shelf in state["shelves"].items():
        drawn, ttl = seen["shelves"].pop(number), math.inf if state["ttl"] is None else state["ttl"]
        looks = {
            key: [
                "old" if (seen["second"] - got) / ttl >= 1 else "fresh",
                str(state["changed"].get(key, -math.inf) > got).lower(),
            ]
            for key, got in shelf["labels"].items()
        }
        waits = {key: " ".join(map(str, shelf["waits"].get(key, []))) for key in shelf["fetching"]}
        assert drawn["labels"] == looks
        assert drawn["fetches"].items() <= waits.items() and len(drawn["fetches"]) >= min(2, len(waits))
        counted = [sum(what in look for look in looks.values()) for what in ("old", "true")]
        assert drawn["counts"] == [len(looks), *counted, len(waits), sum(map(len, shelf["waits"].values()))]
        assert f"Shelf {number}: {len(looks) or 'no'} price" in seen["counts"][0]
    assert all(drawn["counts"] == [0] * 5 for drawn in seen["shelves"].values()), "they have not opened"
    if state["shelves"]:
        assert seen["news"] == ("stopped" if state["news_stopped"] else "comes")


def letters(state: dict, name: str) -> int:
    """Count the messages that wait for the last process of that name."""
    pids = [pid for pid, process in state["processes"].items() if process["name"] == name]
    return len(state["mailboxes"].get(pids[-1], [])) if pids else 0


def check_tree(seen: dict, state: dict, at: float) -> None:
    processes, bosses = state["processes"], state["supervisors"]
    nodes = {node["pid"]: node for node in seen["nodes"] if node["pid"]}
    assert len(nodes) == sum(1 for node in seen["nodes"] if node["pid"]), "a process is drawn twice"
    alive = {pid for pid, process in processes.items() if process["alive"]}
    assert alive <= set(nodes)
    held = {c["pid"] for boss in bosses.values() for c in boss["children"]}
    comes = {
        pid: p["parent"] for pid, p in processes.items() if p["alive"] and p["parent"] in bosses and pid not in held
    }
    children = {c["pid"]: c for boss in bosses.values() for c in boss["children"] if c["pid"]}
    for pid, node in nodes.items():
        child, boss = children.get(pid), bosses.get(pid)
        assert node["state"] == how_it_is(pid, processes, child, pid in comes)
        assert int(node["mail"]) == len(state["mailboxes"].get(pid, []))
        assert pid in comes or int(node["restarts"]) == (child["restarts"] if child else 0)
        assert ("eggs" in node) == (boss is not None)
        if boss:
            window = reducer.window_at(boss, at)
            assert node["eggs"].split() == [str(second) for second in window]
            check_gauge(node, boss, window, math.floor(at))
            assert int(node["total"]) == boss["restarts"]
            assert node["boss"] == ("watching" if boss["gave_up"] is None else "gave up")
    for boss, told in bosses.items():
        if boss in nodes:  # each child has a box, and who is being started sits in the place of the one that waits
            here = [node for node in seen["nodes"] if node.get("of") == boss]
            fresh = [pid for pid, parent in comes.items() if parent == boss]
            assert len(here) - sum(1 for node in here if "id" not in node) == len(told["children"])
            assert set(fresh) <= {node["pid"] for node in here}


def check_gauge(node: dict, boss: dict, window: list[int], second: int) -> None:
    """A strip of `period` + 1 whole seconds, 140 units wide, the present one at the right; a place for each restart."""
    cell = 140 / ((boss["period"] or 0) + 1)
    if len(set(window)) == len(window):  # of several in one second not all are drawn at its middle
        assert sorted(node["beats"]) == pytest.approx(
            sorted(max(-65, min(65, 70 - (second - at + 0.5) * cell)) for at in window), abs=0.06
        )
    allowed = boss["intensity"] or 0
    assert node["cups"] == (max(0, allowed - len(window)) if allowed <= 10 else node["cups"])
    assert node["broken"] == (boss["gave_up"] is not None or len(window) > allowed)


def how_it_is(pid: str, processes: dict, child: dict | None, comes: bool) -> str:
    """The word for a process: what its supervisor knows of it, or else whether it lives, crashed, or left."""
    if comes:
        return "starting"
    if child and child["state"] not in ("running", "down"):
        return child["state"]
    process = processes.get(pid, {"alive": True})
    if process["alive"]:
        return "running"
    reason = process["reason"]
    clean = reason in ("normal", "shutdown") or (isinstance(reason, list) and reason[:1] == ["shutdown"])
    return "left" if clean else "crashed"


def check_messages(seen: dict, state: dict, events: list[dict]) -> None:
    in_boxes = {number: pid for pid, box in state["mailboxes"].items() for number in box}
    shown = {int(number): how for number, how in seen["arrows"].items()}
    for number, how in shown.items():
        assert number < seen["n"]
        event = events[number]
        assert (how == "waiting") == (number in in_boxes)
        assert (how == "lost") == (event["kind"] == "Dropped")
        if how == "gone":  # the receiver took it with it
            assert not state["processes"][event["receiver"]]["alive"]
    for pid, box in state["mailboxes"].items():
        if pid in seen["lanes"]:
            assert seen["waiting"].pop(pid, 0) == len(box)
            assert seen["thinned"] > 1 or set(box) <= set(shown)
    assert not seen["waiting"]


@pytest.mark.parametrize("name", RUNS)
def test_what_is_drawn_is_what_the_trace_says(play, name):
    """At many random moments: seeking by event and by time, stepping forwards and backwards from there."""
    trace = player_runs.RUNS[name]()
    events, chance = player_runs.rows(trace), random.Random(f"look at {name}")
    ways = []
    for _ in range(MOMENTS):
        way = chance.choice(["event", "time", "on", "back", "far back"])
        if way == "event":
            ways.append(f"player.go({chance.randrange(len(events) + 1)})")
        elif way == "time":
            ways.append(f"player.seek(player.pace.end * {chance.random()})")
        else:
            ways.append(f"player.step({ {'on': 1, 'back': -1, 'far back': -chance.randrange(2, 40)}[way] })")
    for seen in looks(play(watch(trace)), ways):
        check(seen, events)


@pytest.mark.parametrize("name", ["one line", "a tree"])
def test_every_single_step_is_drawn_as_recorded(play, name):
    trace = player_runs.RUNS[name]()
    events = player_runs.rows(trace)[:140]
    page = play(watch(Trace(list(trace)[:140])))
    for seen in looks(page, ["player.step(1)"] * 140 + ["player.step(-1)"] * 140):
        check(seen, events)


@pytest.mark.parametrize("name", RUNS)
def test_playing_ends_where_seeking_ends(play, name):
    """Played from the first event to the last, with a look at every stop on the way."""
    trace = player_runs.RUNS[name]()
    page = play(watch(trace))
    do(page, "player.setSpeed(16); player.play()")
    events = player_runs.rows(trace)
    for _ in range(4):
        page.wait_for_timeout(250)
        do(page, "player.pause()")
        check(drawn(page), events)
        do(page, "player.play()")
    page.wait_for_function("!document.querySelector('.lic-player').player.playing", timeout=60_000)
    seen = drawn(page)
    assert seen["n"] == len(events)
    check(seen, events)


@pytest.mark.parametrize("name", ["a line a till", "two stores", "shelves"])
def test_at_narrow_width_the_same_is_drawn(play, name):
    trace = player_runs.RUNS[name]()
    events, page = player_runs.rows(trace), play(watch(trace), width=360)
    for seen in looks(page, [f"player.go({count})" for count in range(0, len(events), 17)]):
        check(seen, events)


def test_two_runs_stay_in_step(play):
    """Side by side, each run shows what it had done by that moment."""
    one, other = player_runs.one_line(), player_runs.line_a_till()
    page = play(watch(one, other, names=["one line", "a line a till"]))
    for share in (0.1, 0.35, 0.6, 0.99):
        do(page, f"player.seek(player.pace.end * {share})")
        counts, second = page.evaluate(
            "(() => { const { timeline, second } = document.querySelector('.lic-player').player;"
            " return [[...timeline.counts], second]; })()"
        )
        for trace, count, column in zip((one, other), counts, page.locator(".lic-one-run").all(), strict=True):
            events = player_runs.rows(trace)
            state = reducer.state_at(events, count)
            assert state["at"] <= second
            assert count == len(events) or second <= events[count]["at"] + 1e-9
            assert f"{state['served']} served" in column.locator(".lic-reading").inner_text()
            waiting = sum(map(len, state["lines"].values()))
            drawn_here = column.locator('[data-place^="line"]').count()
            badges = column.locator("[data-more]").evaluate_all("all => all.map((g) => Number(g.dataset.more))")
            assert drawn_here + sum(badges) == waiting


def test_two_runs_are_seen_together_on_a_phone(play):
    """One view of each, one below the other, both at the same second, with room left for the hands."""
    names = ["for one", "for all"]
    page = play(
        watch(player_runs.tree(), player_runs.tree("one_for_all"), names=names, views=["tree", "store"]), width=360
    )
    do(page, "player.go(150)")
    shown = page.locator(".lic-view").evaluate_all("all => all.filter((v) => !v.hidden).map((v) => v.dataset.view)")
    assert shown == ["tree", "tree"]
    page.get_by_role("button", name="Store").click()
    page.get_by_role("button", name="Tree").click()
    assert page.locator('[data-view="store"]:not([hidden]) .lic-scene').count() == 2
    boxes = [box.bounding_box() for box in page.locator(".lic-scene").all()]
    hands = page.locator(".lic-transport").bounding_box()["height"]
    assert boxes[1]["y"] + boxes[1]["height"] - boxes[0]["y"] + hands < 1000


def nonsense(seed: int, count: int = 250) -> list[dict]:
    """Events whose kinds and fields fit and whose story does not: a rule must read the same in both languages."""
    chance = random.Random(seed)
    pids, values = ["<0.1 till 1>", "<0.2 b>", "<0.3 c>", None], {
        "customer": [1, 2, 3, 12], "till": [1, 2], "tills": [2, 3], "line": [0, 1, 2], "position": [0, 1, 5, -1],
        "name": ["till 1", "till x", None, "b"], "reason": ["normal", "boom", ["shutdown", 1], "shutdown"],
        "outcome": ["message", "ignored", "exits", "miss"], "id": ["a", "b", ["c", 1], 7], "window": [[3], [5, 4], []],
        "strategy": ["one_for_one", "simple_one_for_one"], "intensity": [1, 3], "period": [5], "due": [2, 900],
        "ref": ["#1", "#2"], "until": [5.5], "on": [True, False], "message": ["hello"], "again": [True, False],
        "children": [["a", "b"]], "node": ["north", "south"], "wire": ["north-south", "south-north"], "number": [1, 2],
        "store": [0, 1, 2], "stores": [[2, 1], [1, 1]], "seen": [[0, 3]], "counts": [[1, 2]], "why": ["dark", "full"],
        "way": ["both", "there", "back"], "incarnation": [1], "restart": ["permanent"], "type": ["worker"],
        "shelves": [2, 3], "ttl": [3, None], "key": ["milk", "eggs"], "got": [1, 2.5],
    }  # fmt: skip
    rows = []
    for at in range(count):
        kind = chance.choice(sorted(kind for kind, row in event_table.EVENTS.items() if row.get("changes")))
        fields = [
            *event_table.needs(kind),
            *(["again"] if kind == "ChildStarted" else []),
            *(["pid"] if kind.startswith("Child") else []),
            *(["children"] if kind == "SupervisorStarted" else []),
        ]
        row = {"kind": kind, "at": at / 2}
        for field in fields:
            if chance.random() < 0.97:
                row[field] = chance.choice(values.get(field, pids if field in ("sender", "parent") else pids[:3]))
        rows.append(row)
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_both_reducers_agree_on_nonsense(play, seed):
    rows = nonsense(seed)
    page = play(watch(rows))
    counts = [*range(0, len(rows), 23), len(rows), 40]
    for count, seen in zip(counts, looks(page, [f"player.go({count})" for count in counts]), strict=True):
        assert seen["state"] == json.loads(json.dumps(reducer.state_at(rows, count)))
        assert not [words for words in seen["counts"] if "cannot draw" in words]


# Hands


def current(page: Page) -> int:
    return page.evaluate("document.querySelector('.lic-player').player.n")


def test_a_player_opens_on_what_stands_at_second_0_and_can_go_back_to_nothing(play):
    trace = player_runs.tree()
    began = sum(event["at"] == 0 for event in player_runs.rows(trace))
    page = play(watch(trace))
    assert began > 1 and current(page) == began
    assert page.locator(".node").count() > 1
    page.locator(".lic-event-list").focus()
    page.keyboard.press("Home")
    assert current(page) == 0
    only = Trace([event for event in trace if event.at == 0])  # what is all over at once is not skipped
    assert current(play(watch(only))) == 0


def test_the_keyboard_does_all(play):
    page = play(watch(player_runs.one_line()))
    page.locator(".lic-event-list").focus()
    page.keyboard.press("Home")
    for key, at in (("ArrowRight", 1), ("ArrowDown", 2), ("ArrowLeft", 1), ("Shift+ArrowRight", 11), ("ArrowUp", 10)):
        page.keyboard.press(key)
        assert current(page) == at
    page.keyboard.press("End")
    assert current(page) == len(player_runs.one_line())
    page.keyboard.press("PageUp")
    assert current(page) == len(player_runs.one_line()) - round(len(player_runs.one_line()) / 10)
    page.keyboard.press("Home")
    assert current(page) == 0
    page.keyboard.press("+")
    assert page.locator(".lic-speed select").input_value() == "2"
    page.keyboard.press(" ")
    page.wait_for_function("document.querySelector('.lic-player').player.n > 3")
    page.keyboard.press(" ")
    assert page.get_by_role("button", name="Play").is_visible()
    stopped = current(page)
    page.wait_for_timeout(200)
    assert current(page) == stopped


def test_keys_show_and_hide_views_mark_and_find_the_flag(play):
    trace = player_runs.tree()
    guilty = next(i for i, e in enumerate(player_runs.rows(trace)) if e["kind"] == "GaveUp")
    page = play(watch(trace, at=guilty, why="One restart too early."), width=1000)
    page.locator(".lic-event-list").focus()
    for key, view in (("1", "store"), ("2", "tree"), ("3", "space")):
        for shown in (False, True):
            page.keyboard.press(key)
            assert page.locator(f".lic-view-{view}").is_visible() == shown
    page.keyboard.press("m")
    last = int(page.locator(".message.chosen").get_attribute("data-message"))
    page.keyboard.press("Shift+M")
    assert int(page.locator(".message.chosen").get_attribute("data-message")) < last
    page.keyboard.press("Enter")  # what the current event is about: the supervisor that gives up
    assert page.locator(".node.chosen").get_attribute("data-boss") == "gave up"
    page.keyboard.press("-")
    assert page.locator(".lic-speed select").input_value() == "0.5"
    page.keyboard.press("Home")
    page.keyboard.press("g")
    assert current(page) == guilty + 1
    page.locator("[data-zoom='0.5']").focus()
    before = page.locator(".arrows > g").count()
    page.keyboard.press("Enter")
    assert page.locator(".arrows > g").count() > before


def test_a_screen_reader_hears_each_step(play):
    page = play(watch(player_runs.one_line()))
    page.locator(".lic-event-list").focus()
    page.keyboard.press("Home")
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    row = page.locator(f"#{page.locator('.lic-event-list').get_attribute('aria-activedescendant')}")
    assert row.get_attribute("aria-posinset") == "6"
    assert row.inner_text().split("\n")[-1].strip() in page.locator(".lic-live").inner_text()
    page.locator('.lic-seek input[type="range"]').focus()
    page.keyboard.press("ArrowRight")
    assert "7 of" in page.locator('.lic-seek input[type="range"]').get_attribute("aria-valuetext")


def test_the_mouse_seeks_steps_and_marks(play):
    page = play(watch(player_runs.tree()), width=1000)
    opened = current(page)
    page.get_by_role("button", name="One event on").click()
    assert current(page) == opened + 1
    page.get_by_role("button", name="To the end").click()
    do(page, "player.go(200)")
    page.locator(".lic-event-list [data-i='203']").click()
    assert current(page) == 204
    box = page.locator(".lic-seek input").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert abs(float(page.locator(".lic-seek input").input_value()) - 0.5) < 0.05
    assert 0 < current(page) < len(player_runs.tree())


def test_a_message_marked_in_one_view_is_marked_in_all(play):
    page = play(watch(player_runs.tree()), width=1000)
    do(page, "player.go(60)")
    page.locator(".lic-event-list").focus()
    page.keyboard.press("m")
    number = page.locator(".message.chosen").get_attribute("data-message")
    event = player_runs.rows(player_runs.tree())[int(number)]
    assert event["kind"] in ("Sent", "Signalled", "Dropped")
    assert set(page.locator(".node.chosen").evaluate_all("all => all.map((g) => g.dataset.pid)")) <= {
        event.get("sender"), event["receiver"]
    }  # fmt: skip
    tills = {
        f"till {number}"
        for number in page.locator("[data-till].chosen").evaluate_all("all => all.map((g) => g.dataset.till)")
    }
    names = {pid.split(" ", 1)[1].rstrip(">") for pid in (event.get("sender"), event["receiver"]) if pid}
    assert tills == {name for name in names if name in ("till 1", "till 2")} != set()
    assert page.locator(".lic-event-list .chosen").count() >= 1
    assert page.locator(".tip text").text_content()
    page.keyboard.press("Escape")
    assert page.locator(".chosen").count() == 0


@pytest.mark.parametrize(("strategy", "hit"), [("rest_for_one", ["clerk"]), ("one_for_all", ["shelf", "clerk"])])
def test_the_tree_shows_who_falls_with_whom(play, strategy, hit):
    """The tills give up: a line goes up to the store, which stops whom its strategy names, and starts all again."""
    trace = player_runs.tree(strategy)
    events = player_runs.rows(trace)
    gave_up = next(i for i, e in enumerate(events) if e["kind"] == "GaveUp")
    page = play(watch(trace, views=["tree"]))
    do(page, f"player.go({gave_up + 1})")
    assert page.locator(".node.gave-up").get_attribute("data-id") == "tills"
    assert page.locator(".gives-up").get_attribute("d")
    seen = set()
    for count in range(gave_up + 1, len(events)):
        do(page, f"player.go({count})")
        here = dict(
            page.locator(".node[data-id]").evaluate_all("all => all.map((g) => [g.dataset.id, g.dataset.state])")
        )
        seen |= {(id, here.get(id)) for id in ("shelf", "tills", "clerk")}
        if ("tills", "starting") in seen and {here.get(id) for id in ("shelf", "tills", "clerk")} == {"running"}:
            break
    assert {id for id, state in seen if state == "waiting"} >= set(hit)
    assert {id for id, state in seen if state == "starting"} == {"tills", *hit}
    assert page.locator(".gives-up").get_attribute("d") == ""


def test_views_can_be_shown_and_hidden(play):
    page = play(watch(player_runs.tree()), width=1000)
    do(page, "player.go(60)")
    tree = page.get_by_role("button", name="Tree")
    assert tree.get_attribute("aria-pressed") == "true"
    tree.click()
    assert not page.locator(".lic-view-tree").is_visible()
    tree.click()
    assert page.locator(".lic-view-tree .node").count() > 0


def test_a_failing_check_opens_at_the_guilty_event(play):
    trace = player_runs.tree()
    guilty = next(i for i, e in enumerate(player_runs.rows(trace)) if e["kind"] == "GaveUp")
    page = play(watch(trace, at=guilty, why="The supervisor gave up one restart too early."))
    assert current(page) == guilty + 1
    assert "one restart too early" in page.locator(".lic-verdict-line").inner_text()
    assert "⚑" in page.locator(".lic-event-list .flagged").inner_text()
    do(page, "player.go(0)")
    page.get_by_role("button", name="Show me").click()
    assert current(page) == guilty + 1


def test_reduced_motion_gives_stills(play):
    page = play(watch(player_runs.one_line()), motion="reduce")
    do(page, "player.go(300)")
    do(page, "player.step(1)")
    places = "[...document.querySelectorAll('[data-customer]')].map((g) => g.style.transform).join()"
    before = page.evaluate(places)
    page.wait_for_timeout(300)
    assert page.evaluate(places) == before


@pytest.mark.parametrize(("opens", "hour", "lit"), [(9, 9, False), (17.5, 17.5, False), (22, 22, True)])
def test_outside_it_is_as_late_as_the_run_says(play, opens, hour, lit):
    page = play(watch(player_runs.one_line(), opens=opens))
    assert float(page.locator('[data-layer="sky"]').get_attribute("data-hour")) == hour
    assert (page.locator(".glow").count() > 0) == lit
    do(page, "player.go(400)")
    second = page.evaluate("document.querySelector('.lic-player').player.second")
    later = page.locator('[data-layer="sky"]').get_attribute("data-hour")
    assert float(later) == math.floor((opens + second / 3600) * 4) / 4
    turned = page.locator('[data-hand="long"]').get_attribute("transform")
    assert turned == f"rotate({round((opens * 60 + second / 60) * 6 % 360)})"


def test_without_an_hour_the_window_shows_none(play):
    page = play(watch(player_runs.one_line()))
    assert page.locator('[data-layer="sky"]').get_attribute("data-hour") == ""


def test_a_till_that_crashes_drops_its_eggs(play):
    """Stepped on, a carton falls, and lies there when it has come down; jumped to, it lies there at once."""
    events = player_runs.rows(player_runs.tree())
    crash = next(i for i, e in enumerate(events) if e["kind"] == "Exited" and "till" in e["pid"])
    page = play(watch(player_runs.tree(), views=["store"]))
    do(page, f"player.go({crash})")
    assert page.locator("[data-spill]").count() == 0
    do(page, "player.step(1)")
    assert page.locator(".piece").count() == 3
    assert page.locator('[data-till][data-state="broken"]').count() == 1
    page.wait_for_function("!document.querySelector('.lic-player .piece')")
    assert page.locator("[data-spill]").evaluate("g => getComputedStyle(g).visibility") == "visible"
    do(page, f"player.go({crash})")
    do(page, f"player.go({crash + 1})")
    assert page.locator(".piece").count() == 0
    assert page.locator("[data-spill]").count() == 1


def test_the_butcher_is_there_as_long_as_his_process_lives(play):
    butcher = "<0.1 butcher>"
    rows = [{"kind": "Spawned", "at": 0, "pid": butcher, "name": "butcher", "parent": None},
            {"kind": "Spawned", "at": 0, "pid": "<0.2 till 1>", "name": "till 1", "parent": None},
            {"kind": "Sent", "at": 1, "sender": butcher, "receiver": "<0.2 till 1>", "message": "ham"},
            {"kind": "Exited", "at": 2, "pid": butcher, "reason": "the cleaver"},
            {"kind": "Spawned", "at": 3, "pid": "<0.3 butcher>", "name": "butcher", "parent": None}]  # fmt: skip
    page = play(watch(rows))
    seen = {}
    for count in range(len(rows) + 1):
        do(page, f"player.go({count})")
        seen[count] = page.locator('[data-layer="butcher"]').get_attribute("data-post")
        check(drawn(page), rows)
    assert [count for count, post in seen.items() if post == "away"] == [4]


def test_reduced_motion_lets_nothing_fall(play):
    events = player_runs.rows(player_runs.tree())
    crash = next(i for i, e in enumerate(events) if e["kind"] == "Exited" and "till" in e["pid"])
    page = play(watch(player_runs.tree(), views=["store"]), motion="reduce")
    do(page, f"player.go({crash})")
    do(page, "player.step(1)")
    assert page.locator(".piece").count() == 0
    assert page.locator("[data-spill]").evaluate("g => getComputedStyle(g).visibility") == "visible"


def test_people_in_line_stand_apart(play):
    page = play(watch(player_runs.one_line()), motion="reduce")
    do(page, "player.go(400)")
    places = page.locator("[data-customer]").evaluate_all("all => all.map((g) => g.style.transform)")
    assert len(places) > 3
    assert len(set(places)) == len(places)


# Faulty traces, in place


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (lambda: Trace(), None),
        (lambda: [{"kind": "Arrived", "at": 5, "customer": 1}, {"kind": "Arrived", "at": 3, "customer": 2}], "order"),
        (lambda: [{"kind": "Hiccup", "at": 1, "strength": 3}], "not drawn"),
        (lambda: ['{"trace": "letitcrash", "version": 9}', '{"kind": "Arrived", "at": 1, "customer": 1}'], "version 9"),
        (lambda: [{"kind": "Joined", "at": 1}, {"kind": "Started", "at": 2, "customer": 3, "till": 1}], "incomplete"),
        (lambda: [{"kind": "Received", "at": 1, "pid": "<0.1 a>", "message": "?", "position": 4}], None),
    ],
)
def test_a_faulty_trace_is_named_and_shown(play, what, says):
    trace = what()
    page = play(watch(trace))
    notes = page.locator(".lic-notes")
    if says:
        assert says in notes.inner_text()
    else:
        assert not notes.is_visible()
    events = [row for row in map(_row, trace) if row]
    for count in range(len(events) + 1):
        do(page, f"player.go({count})")
        assert drawn(page)["state"] == json.loads(json.dumps(reducer.state_at(events, count)))
    do(page, "player.play()")


def _row(item) -> dict | None:
    row = json.loads(item) if isinstance(item, str) else item
    return row if isinstance(row, dict) and "kind" in row else None


def test_the_text_of_a_trace_is_text(play):
    """A name that is markup is shown as it is."""

    class Said(Event):
        pass

    evil = "<img src=x onerror=alert(1)>"
    rows = [{"kind": "Spawned", "at": 0, "pid": f"<0.1 {evil}>", "name": evil, "parent": None},
            {"kind": "Sent", "at": 1, "sender": None, "receiver": f"<0.1 {evil}>", "message": evil}]  # fmt: skip
    page = play(watch(rows, why=evil, title=evil))
    do(page, "player.go(2)")
    assert page.locator("img").count() == 0


def test_who_is_turned_away_walks_off_once(play):
    came = [{"kind": "Arrived", "at": 1, "customer": 1}, {"kind": "Balked", "at": 13, "customer": 1}]
    page = play(watch([{"kind": "StoreOpened", "at": 0, "tills": 1, "line": "shared"}, *came], views=["store"]))
    leaving = page.locator('.person.leaving[data-left="turned away"]')
    do(page, "player.go(2)")  # inside
    do(page, "player.step(1)")
    assert leaving.count() == 1
    assert "Customer 1 leaves without queueing." in page.locator(".lic-event-list").inner_text()


def test_a_million_events_are_thinned_and_say_so(play):
    rows = [{"kind": "Arrived" if i % 2 == 0 else "Balked", "at": i / 10, "customer": i // 2} for i in range(100_000)]
    page = play(watch(rows))
    assert page.evaluate("document.querySelector('.lic-player').player.runs[0].total") == 100_000
    place = page.evaluate(
        "(() => { const p = document.querySelector('.lic-player').player;"
        " const i = p.runs[0].events.findIndex((e) => e.kind === 'Skipped'); p.go(i + 1); return i; })()"
    )
    assert place > 1000
    assert "left out of this player" in page.locator('.lic-event-list [aria-selected="true"]').inner_text()
    seen = drawn(page)
    assert seen["state"]["balked"] == reducer.state_at(rows, seen["state"]["n"])["balked"]


# The gates


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_fault_and_nothing_scrolls_sideways(play, dark, width):
    page = play(
        watch(player_runs.tree(), at=80, why="Till 2 drops its eggs."), watch(player_runs.one_line()),
        watch(player_runs.one_line(), player_runs.line_a_till(), names=["one", "each"]), dark=dark, width=width,
    )  # fmt: skip
    page.evaluate("document.querySelectorAll('.lic-player').forEach((root) => root.player.go(150))")
    found = violations(page)
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# With a kernel: the same module as a widget, the test playing the notebook's part


NOTEBOOK = """async (code) => {
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  const heard = [];
  const model = {
    get: (name) => window[name], on: (_, listener) => heard.push(listener), off: () => {},
    send: async (message) => heard.forEach(async (listener) => listener(await window.kernel(message))),
  };
  const el = document.body.appendChild(document.createElement("div"));
  window.tell = (news) => heard.forEach((listener) => listener(news));
  window.close = module.default.render({ model, el });
}"""


def running_world() -> World:
    world = World(seed=6)

    async def clerk(me):
        while True:
            match await me.receive():
                case "eggs":
                    raise ValueError("dropped eggs")
                case _:
                    await me.sleep(0.5)

    pid = world.spawn(clerk, name="till 1")
    for second in range(40):
        world.at(second / 4, world.send, pid, f"item {second}")
    return world


def open_notebook(page: Page, player) -> None:
    """Show `player` as a notebook would, its kernel answered by this process."""
    spec, world_says = json.loads(json.dumps(player.spec())), player.hear
    page.expose_function("kernel", lambda message: {**world_says(message), "number": message["number"]})
    card = '<div class="lic lic-player" role="group" data-lic="player" aria-label="A run"></div>'
    page.evaluate("([spec, shell]) => Object.assign(window, { spec, shell })", [spec, card])
    page.evaluate(NOTEBOOK, bundle.module())


def test_a_world_goes_on_while_it_is_watched(play, monkeypatch):
    """Playing makes the world run to `until` and no farther; what is drawn is what it recorded."""
    page = play()
    monkeypatch.delenv(widget_output.STATIC)
    world = running_world()
    open_notebook(page, watch(world, until=8))
    assert current(page) == len(world.trace) == 1
    do(page, "player.step(1)")
    assert current(page) == 2
    do(page, "player.setSpeed(16); player.play()")
    page.wait_for_function("!document.querySelector('.lic-player').player.playing", timeout=60_000)
    assert 7 < world.now <= 8
    seen = drawn(page)
    assert seen["n"] == len(world.trace)
    check(seen, player_runs.rows(world.trace))


def test_a_world_is_told_at_a_rate_that_fits_its_length_from_its_first_event_on(play, monkeypatch):
    """Eight seconds are no telling of minutes, though one event says nothing of how long it will take."""
    page = play()
    monkeypatch.delenv(widget_output.STATIC)
    open_notebook(page, watch(running_world(), until=8))
    first = page.locator(".lic-bar .lic-rate").inner_text()
    assert first == "1 s here is 0.2 s there"
    do(page, "player.setSpeed(16); player.play()")
    page.wait_for_function("!document.querySelector('.lic-player').player.playing", timeout=60_000)
    assert page.locator(".lic-bar .lic-rate").inner_text() == first
    assert 30 < page.evaluate("document.querySelector('.lic-player').player.timeline.end") < 60


def test_a_world_run_by_another_cell_is_followed(play, monkeypatch):
    page = play()
    monkeypatch.delenv(widget_output.STATIC)
    world = running_world()
    player = watch(world)
    open_notebook(page, player)
    world.run(until=3)
    page.evaluate("(news) => window.tell(news)", {**player.tail.news(), "follow": True})
    seen = drawn(page)
    assert seen["n"] == len(world.trace) > 10
    check(seen, player_runs.rows(world.trace))
    world.exit(world.whereis("till 1"), "kill")
    world.run(until=4)
    page.evaluate("(news) => window.tell(news)", {**player.tail.news(), "follow": True})
    check(drawn(page), player_runs.rows(world.trace))
    assert page.locator('[data-till="1"]').get_attribute("data-state") == "broken"


# Nodes


GROUPS = """root => {
  const y = (g) => Number(g.querySelector("text").getAttribute("y"));
  const heads = [...root.querySelectorAll(".node-heading")];
  const lanes = [...root.querySelectorAll(".lane")].map((g) => [g.dataset.lane, y(g)]);
  return {
    heads: Object.fromEntries(heads.map((g) => [g.dataset.node, g.dataset.state])),
    groups: Object.fromEntries(heads.map((g, i) => [g.dataset.node, lanes.filter(([, at]) =>
      at > y(g) && (i + 1 === heads.length || at < y(heads[i + 1]))).map(([pid]) => pid)])),
    marks: [...root.querySelectorAll("[data-node-event]")].map((g) => g.dataset.nodeEvent),
    bands: [...root.querySelectorAll("[data-band]")].map((g) => g.dataset.band),
  };
}"""


def test_an_alias_is_no_process_that_lacks_a_lane(play):
    from letitcrash.show.chapter05 import monday

    page = play(watch(monday.one_call(7), views=["space"]))
    do(page, "player.go(1e6)")
    reading = page.locator('[data-view="space"] .lic-reading').text_content()
    assert "1 lost so far" in reading and "no lane" not in reading


def test_lanes_are_grouped_by_node_and_show_its_condition(play):
    """A replay of two nodes: at every event the headings say what the trace says of each node."""
    events = player_runs.rows(player_runs.two_nodes())
    page = play(watch(player_runs.two_nodes(), views=["space"]))
    player = page.locator(".lic-player")
    seen = set()
    for count in range(len(events) + 1):
        do(page, f"player.go({count})")
        shown, state = player.evaluate(GROUPS), reducer.state_at(events, count)
        assert shown["heads"] == {node: state["nodes"].get(node, "unknown") for node in ("north", "south")}
        for node, lanes in shown["groups"].items():
            assert all(pid.startswith((f"<{node}.", f"<{node}/")) for pid in lanes)
        seen |= {*shown["marks"], *shown["bands"]}
    assert {"NodeFroze", "NodeThawed", "NodeCrashed", "NodeDown", "frozen", "crashed"} <= seen
    assert shown["groups"]["south"] and shown["groups"]["north"]


def test_a_run_of_one_node_has_no_headings(play):
    assert play(watch(player_runs.tree(), views=["space"])).locator(".node-heading").count() == 0


# Helps for a reader


def test_a_crash_can_be_jumped_to_and_is_slow_enough_to_be_seen(play):
    trace = player_runs.tree()
    events = player_runs.rows(trace)
    crashes = [i for i, e in enumerate(events) if e["kind"] == "GaveUp" or (e["kind"] == "Exited" and e["reason"] not in
               ("normal", "shutdown"))]  # fmt: skip
    page = play(watch(trace, rate=3600))
    assert "Look for: " in page.locator(".lic-look-for").inner_text()
    do(page, "player.go(0)")
    for crash in crashes[:3]:
        page.get_by_role("button", name="Jump to the crash").click()
        assert current(page) == crash + 1
    gaps = page.evaluate(
        "(() => { const { pace } = document.querySelector('.lic-player').player; return [...pace.when]; })()"
    )
    assert gaps[crashes[0] + 5] - gaps[crashes[0]] >= 5 * min(0.3, 60 / len(events)) - 1e-6


def test_a_dense_run_is_slowed_around_its_crash_only(play):
    rows = [{"kind": "Arrived", "at": i / 100, "customer": i} for i in range(2000)]
    rows[1000] = {"kind": "Exited", "at": 10, "pid": "<0.1 till>", "reason": "eggs"}
    page = play(watch(rows))
    when = page.evaluate("[...document.querySelector('.lic-player').player.pace.when]")
    assert when[1010] - when[1000] == pytest.approx(3)
    assert when[510] - when[500] < 1


def test_a_run_without_a_crash_has_no_way_to_one(play):
    assert play(watch(player_runs.one_line())).get_by_role("button", name="Jump to the crash").count() == 0


def test_each_kind_of_view_has_a_legend_that_is_open_once(play):
    page = play(watch(player_runs.tree()), watch(player_runs.tree()))
    open_ = "all => all.map((d) => d.open)"
    assert page.locator(".lic-player").first.locator(".lic-legend").evaluate_all(open_) == [True] * 3
    assert page.locator(".lic-player").last.locator(".lic-legend").evaluate_all(open_) == [False] * 3


@pytest.mark.parametrize("width", [360, 900])
def test_space_time_says_that_it_is_order_and_fills_its_width(play, width):
    """At the end of a run, short or long, the last event stands at the right edge."""
    for trace in (player_runs.two_nodes(), Trace(list(player_runs.tree())[:24]), player_runs.tree()):
        page = play(watch(trace, views=["space"]), width=width)
        do(page, "player.go(player.timeline.n)")
        svg = page.locator(".lic-view-space > svg")
        assert "in order" in svg.locator(".axis").text_content()
        now = float(svg.locator(".present").get_attribute("d").split("M")[1].split()[0])
        assert now > float(svg.get_attribute("viewBox").split()[2]) - 40


def test_customers_who_left_alike_share_one_box(play):
    rows = [row for number in range(1, 7) for row in (
        {"kind": "Spawned", "at": number, "pid": f"<0.{number} customer {number}>", "name": None, "parent": None},
        {"kind": "Exited", "at": number + 0.5, "pid": f"<0.{number} customer {number}>", "reason": "normal"},
    )]  # fmt: skip
    page = play(watch(rows, views=["tree"]))
    do(page, "player.go(12)")
    assert page.locator(".node .name").all_text_contents() == ["6 × customer"]


def test_with_reduced_motion_playing_is_one_still_after_the_other(play):
    page = play(watch(player_runs.one_line()), motion="reduce")
    do(page, "player.go(100); player.play()")
    stills = page.evaluate(
        """async () => {
          const { player } = document.querySelector(".lic-player"), seen = new Map();
          while (seen.size < 4) {
            await new Promise(requestAnimationFrame);
            seen.set(player.n, player.tau === player.pace.when[player.n - 1]);
          }
          player.pause();
          return [...seen];
        }"""
    )
    assert all(after_an_event for _, after_an_event in stills)


# The window


SIZES = [(1280, 900), (360, 740)]


def play_and_scroll(page: Page, player: Locator) -> list[str]:
    """Start a player, scroll the page through it, and give the places where it plays and its controls are hidden."""
    return player.evaluate(
        """async (root) => {
          const faults = [], next = () => new Promise(requestAnimationFrame);
          const frame = async () => { await next(); await next(); };
          const scroll = async (top) => { scrollTo({ top, behavior: "instant" }); await frame(); await frame(); };
          const { player } = root, top = root.getBoundingClientRect().top + scrollY;
          const bar = root.querySelector(".lic-transport");
          const look = (where) => {
            if (!player.playing) return;
            for (const part of [bar, ...bar.querySelectorAll("button, input, output, select")]) {
              const box = part.getBoundingClientRect();
              if (!box.width) continue;
              const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              if (box.top < -1 || box.bottom > innerHeight + 1) faults.push(`${where}: out of the window`);
              else if (!bar.contains(over)) faults.push(`${where}: ${over?.outerHTML.slice(0, 60)} lies over it`);
            }
          };
          await scroll(top - 80);
          player.setSpeed(0.25);
          player.go(0);
          player.play();
          await frame();
          const stage = root.querySelector(".lic-stage-of-runs").getBoundingClientRect().height;
          if (stage + bar.offsetHeight > innerHeight) faults.push(`${stage} px of picture, ${bar.offsetHeight} of bar`);
          if (!player.playing) faults.push("it does not play");
          let seen = 0;
          for (let at = top - innerHeight; at < top + root.offsetHeight + 200; at += innerHeight / 6) {
            await scroll(at);
            look(`at ${Math.round(at - top)}`);
            seen += player.playing;
            if (player.playing) continue;
            player.play();
            await frame();
            look(`again at ${Math.round(at - top)}`);
          }
          if (seen < 5) faults.push("it hardly ever plays");
          player.pause();
          return faults;
        }"""
    )


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_controls_stay_in_sight_while_it_plays(play, width, height):
    """A tall tree and two runs, each scrolled through from end to end while it plays."""
    page = play(
        watch(player_runs.tree()), watch(player_runs.one_line(), player_runs.line_a_till(), names=["one", "each"]),
        width=width, height=height,
    )  # fmt: skip
    for player in page.locator(".lic-player").all():
        assert play_and_scroll(page, player) == []


WITH_PLAYERS = [page for page in pdf.all_pages() if page.startswith("notebooks/") or page.endswith("/solution.html")]


@pytest.mark.parametrize("path", WITH_PLAYERS)
@pytest.mark.parametrize(("width", "height"), [pytest.param(*SIZES[0], marks=pytest.mark.long), SIZES[1]])
def test_on_every_page_the_controls_stay_in_sight(path, open_page, width, height):
    """On a phone, which has least room; on a desk too in the long suite."""
    page = open_page(path, width=width, height=height)
    page.wait_for_function("[...document.querySelectorAll('.lic-player')].every((root) => root.player)")
    for player in page.locator(".lic-player").all():
        assert play_and_scroll(page, player) == [], player.get_attribute("aria-label")


def test_there_is_no_player_on_any_other_page(site_folder):
    counts = {
        path.relative_to(site_folder).as_posix(): path.read_text("utf-8").count('data-lic="player"')
        for path in site_folder.rglob("*.html")
    }
    assert {path for path, count in counts.items() if count} <= set(WITH_PLAYERS)
    assert sum(counts.values()) >= 15


# Sentences


SENTENCES = """root => [...Array(root.player.timeline.n).keys()].map((i) =>
  root.player.timeline.runAt(i).sentence(root.player.timeline.placeOf[i]))"""


def sentences(page: Page) -> list[str]:
    return page.locator(".lic-player").first.evaluate(SENTENCES)


@pytest.mark.parametrize("name", RUNS)
def test_no_sentence_lets_a_dead_process_act(play, name):
    events = player_runs.rows(player_runs.RUNS[name]())
    dead, told = set(), 0
    for event, words in zip(events, sentences(play(watch(events))), strict=True):
        assert "undefined" not in words and "None sends" not in words
        if event["kind"] in ("Sent", "Signalled") and event["sender"] in dead:
            assert words.startswith(("The runtime ", "“")), words
            told += 1
        if event["kind"] == "Exited":
            dead.add(event["pid"])
    assert told or name not in ("a tree", "all for one", "a template"), "here supervisors hear of dead children"


def test_a_dead_processs_timer_is_said_to_be_a_timer(play):
    rows = [{"kind": "Spawned", "at": 0, "pid": "<0.1 a>", "name": "a", "parent": None},
            {"kind": "TimerSet", "at": 0, "pid": "<0.1 a>", "receiver": "<0.2 b>", "message": "tea", "due": 5,
             "ref": "#1"},
            {"kind": "Exited", "at": 1, "pid": "<0.1 a>", "reason": "normal"},
            {"kind": "Sent", "at": 5, "sender": "<0.1 a>", "receiver": "<0.2 b>", "message": "tea"}]  # fmt: skip
    assert sentences(play(watch(rows)))[1:] == [
        "a sets a timer: “tea” to b in 5 s.", "a exits: normal.", "“tea” reaches b by a timer that a had set."
    ]  # fmt: skip


def sent(message, sender: str | None = "<0.1 a>") -> dict:
    return {"kind": "Sent", "sender": sender, "receiver": "<0.2 b>", "message": message}


def test_events_are_said_in_plain_english(play):
    said = [
        ({"kind": "Balked", "customer": 1}, "Customer 1 leaves without queueing."),
        ({"kind": "Demonitored", "pid": "<0.1 till>", "ref": "#4"}, "till drops its monitor #4."),
        (sent("Down(pid=<0.1 a>, reason='eggs', ref=#3)"), "The runtime tells b that a is down: eggs."),
        # A living process says it of another one: a reader's own monitor.
        (sent("Down(pid=<0.3 c>, reason='eggs', ref=None)"), "a tells b that c is down: eggs."),
        (sent(["till", "<0.1 a>", None, 2.5, ["eggs"]]), "a sends ('till', a, None, 2.5, ('eggs',)) to b."),
        (sent("Customer(number=4, pid=None)", None), "The street sends Customer(4) to b."),
        (sent("Customer(number=4, work=6, pid=None)", None), "The street sends Customer(number=4, work=6) to b."),
        ({"kind": "Received", "pid": "<0.2 b>", "message": "Call(request='low', caller=#7)", "position": 0},
         "b receives the call “low”."),
        ({"kind": "Received", "pid": "<0.2 b>", "message": "low", "position": 2},
         "b receives “low”, number 3 in its mailbox."),
        ({"kind": "SupervisorStarted", "pid": "<0.2 b>", "strategy": "one_for_one", "intensity": 1, "period": 5},
         "b starts to supervise, one_for_one: at most 1 restart in 5 s."),
        ({"kind": "Restarted", "supervisor": "<0.2 b>", "id": "till", "window": [3, 3], "intensity": 3, "period": 5},
         "b counts a restart for till: 2 restarts in 5 s, 3 allowed."),
        ({"kind": "Exited", "pid": "<0.9 7>", "reason": "crash"}, "process 7 crashes: crash."),
        ({"kind": "Hiccup", "strength": [3, None]}, "Hiccup: strength (3, None)."),
        ({"kind": "Joined", "customer": 3}, "Joined: customer 3."),
    ]  # fmt: skip
    page = play(watch([{"at": 1, **event} for event, _ in said]))
    assert sentences(page) == [words for _, words in said]
