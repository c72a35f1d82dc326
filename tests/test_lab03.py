"""Lab 3: its text tells the truth, its parts do what the runtime does, a wrong answer is told why."""

import itertools
import random

import pytest
from lab_runs import Lab

from letitcrash import World
from letitcrash.classroom import parts
from letitcrash.process import Exit, ExitSignal
from letitcrash.process import events as ev
from letitcrash.process.ties import Links, Monitors, Names, stand_in
from letitcrash.show.chapter03 import signals_against_otp

LAB = Lab("03_who_hears_the_crash")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("tuesday", "the manager heard: []"),
        ("exit-signal-example", "('ignored', 'normal')\n('exits', 'killed')\n('message', 'kill')"),
        ("against-otp", "21 of 21 scenarios go as they went on OTP 25."),
        ("links-example", "{'Ann': 'eggs', 'Bob': 'eggs'} [('Cleo', 'Bob', 'eggs')]"),
        ("monitors-example", "Ann hears ('DOWN', 2, 'Cleo', 'noproc')\nAnn hears ('DOWN', 1, 'Bob', 'eggs')"),
        ("together", "process 2: ValueError(\"could not convert string to float: '2,4?'\")\n[1, 4, 5] 4"),
        ("sabotage-monitors", "Bet first"),
        ("sabotage-settled", "Red went nobody_writes_to_the_dead. You bet on nobody_writes_to_the_dead: right."),
        ("finish", "All 5 exercises stand"),
    ],
)
def test_a_cell_prints_what_the_text_around_it_says(printed, cell, says):
    assert says in printed[cell]


# The parts


@pytest.mark.parametrize("seed", range(30))
def test_the_librarys_links_let_fall_whom_the_runtime_lets_fall(seed):
    """The same random web, in plain data and as processes: the same dead, the same reasons, the same messages."""
    chance = random.Random(seed)
    people = [str(number) for number in range(7)]
    pairs = [pair for pair in itertools.combinations(people, 2) if chance.random() < 0.3]
    trapping = {one for one in people if chance.random() < 0.3}
    first, reason = chance.choice(people), chance.choice(["eggs", "kill", "normal"])
    tied = Links()
    for pair in pairs:
        tied.link(*pair)
    fallen, told = tied.fall(first, reason, trapping)
    world, heard = World(), []

    async def body(me, mine, traps):
        me.trap_exit = traps
        for other in mine:
            me.link(pids[other])
        while True:
            match await me.receive():
                case ExitSignal(pid=pid, reason=why):
                    heard.append((me.name, pid.label, why))
                case why:
                    raise Exit(why)

    pids = {}
    for one in people:
        pids[one] = world.spawn(body, [a for a, b in pairs if b == one], one in trapping, name=one)
    world.at(1, world.send, pids[first], reason)
    world.run()
    assert {event.pid.label: event.reason for event in world.trace.of(ev.Exited)} == fallen
    assert sorted(heard) == sorted(told)


def test_the_librarys_monitors_and_names_do_what_the_lab_asks():
    for name in ("monitors", "names"):
        assert LAB.complaints(name, {"Monitors": Monitors, "Names": Names}, range(20)) == []


def test_the_librarys_manager_survives_a_clerk_who_dies_at_birth_three_times():
    world, lives = World(), []

    async def weak(me):
        lives.append(me.now)
        if len(lives) < 4:
            raise Exit("weak")
        await me.receive()

    manager = world.spawn(stand_in, "clerk", weak)
    world.run(until=10)
    assert len(lives) == 4 and world.is_alive(manager) and world.whereis("clerk")


def test_what_the_solution_kept_works_away_from_its_notebook(printed):
    kept = {name: next(parts.newest(name))[1] for exercise in LAB.exercises.values() for name in exercise.parts}
    assert kept["exit_signal"]("kill", trapping=True) == ("exits", "killed")
    book = kept["Names"](lambda pid: True)
    book.register("till", "Ann")
    assert book.whereis("till") == "Ann"


@pytest.mark.parametrize("own", [False, True], ids=["the library's loop", "the reader's own"])
def test_lab_2_s_loop_hears_its_dead_by_the_parts_of_this_lab(own, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LETITCRASH_KEPT", str(tmp_path))
    loop = Lab("02_dropped_eggs")
    for answer in loop.right("run_loop").values() if own else [""]:
        if own:
            loop.keep("run_loop", answer)
        names = {}
        LAB.run_cell("setup", names)
        for exercise in ("links", "monitors", "names"):
            names |= LAB.names(exercise)
        capsys.readouterr()
        for cell in ("together-loop", "together-bodies", "together"):
            LAB.run_cell(cell, names)
        told = capsys.readouterr().out
        assert told.startswith("Loop: yours" if own else "Loop: the library's") and told.endswith("[1, 4, 5] 4\n")


WRONG = {each.path.stem for each in LAB.rejects() if each.exercise == "exit_signal"}


ALL_OF_THE_TABLE_ARE_WORDS = {
    "exit_signal_a_pair_is_its_first_word",
    "exit_signal_a_reason_is_a_word",
    "exit_signal_goes_home_by_the_text",
    "exit_signal_reads_an_error_as_its_text",
}


@pytest.mark.parametrize("wrong", sorted(WRONG - ALL_OF_THE_TABLE_ARE_WORDS))
def test_a_wrong_rule_of_signals_shows_in_the_table_of_chapter_3(wrong):
    own = LAB.names("exit_signal", LAB.sample("reject", wrong))["exit_signal"]
    found = signals_against_otp(own)
    assert found.agree < found.total == 21 and "; on OTP: " in found.first


# Students who get it wrong


def test_a_starter_that_nobody_touched_ends_with_one_sentence(kept):
    outputs = LAB.left_open({})
    assert outputs["finish"].startswith("5 of 5 exercises are left: exit_signal (not done yet), links (it builds on")
    assert outputs["check-stand-in"].startswith("stand_in: not done yet: hire if nobody is there")


def test_a_student_with_a_wrong_idea_everywhere_reads_why_and_reaches_the_end(kept):
    wrong = LAB.mistaken(
        "exit_signal_kill_can_be_trapped",
        "links_told_once",
        "monitors_of_the_dead_raise",
        "names_of_the_dead_stay",
        "stand_in_looks",
    )
    outputs = LAB.left_open(wrong)
    assert "reaches Bob, who traps: exits is what comes of it" in outputs["check-exit-signal"]
    assert "the manager woke up" in outputs["check-stand-in"]
    assert "noproc" in outputs["check-monitors"]
    assert "the book says" in outputs["check-names"]


def test_a_student_whose_loop_never_waits_or_whose_code_breaks_reaches_the_end(kept):
    endless = "async def stand_in(me, name, clerk):\n    while me.whereis(name) is None:\n        pass\n"
    broken = LAB.sample("accept", "names_as_a_list").replace("self.book.append(", "self.book.push(")
    outputs = LAB.left_open({"names": broken, "stand_in": endless})
    assert "is there a loop that never ends?" in outputs["check-stand-in"]
    assert "has no attribute 'push'" in outputs["check-names"]


def test_a_student_who_forgets_an_await_reads_the_line(kept):
    forgot = LAB.reference(LAB.exercises["stand_in"]).replace("await me.receive(", "me.receive(")
    said = LAB.left_open({"stand_in": forgot})["check-stand-in"]
    assert "line 6 of stand_in calls me.receive() and does not wait for it: write await me.receive()" in said


def test_a_student_whose_rule_is_open_or_never_ends_is_told_so_and_goes_on(kept):
    assert LAB.left_open({})["against-otp"].startswith("not done yet: the order to kill first")
    endless = "def exit_signal(reason, *, trapping, linked=False, to_itself=False):\n    while True:\n        pass\n"
    assert "is there a loop that never ends?" in LAB.left_open({"exit_signal": endless})["against-otp"]
