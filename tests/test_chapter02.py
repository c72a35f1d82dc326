"""Chapter 2 keeps the book's rules, says only numbers that its runs give, and its Erlang is what it shows."""

import re
import shutil
import statistics
import subprocess
from math import inf

import pytest
from chapter_runs import numbered

from letitcrash.process.events import Exited, Received, TimedOut
from letitcrash.queueing.events import Arrived, Finished, Reneged, Started
from letitcrash.show.bets import Bet
from letitcrash.show.chapter02 import QUESTIONS, eggs, mailboxes
from letitcrash.show.explore import Explorable
from letitcrash.world import World, hours, minutes

CHAPTER = numbered(2)

# No seed below is one that the chapter shows: what it says must hold for others too.
FRESH = range(2000, 2008)


def test_bets_of_every_kind_are_placed(chapter):
    shown = chapter["shown"].values()
    bets = [each.bet for each in shown if isinstance(each, Explorable) and each.bet]
    bets += [each for each in shown if isinstance(each, Bet)]
    assert {type(bet.kind).__name__ for bet in bets} == {"Number", "Curve", "Control"}


# The results that chapter 2 must show


def test_taking_eggs_from_milk_eggs_bread_eggs_leaves_milk_bread_eggs(chapter):
    """OTP's own answer to a, b, c, b; the program below prints it too."""
    assert chapter["fridge"]("eggs", 1) == (chapter["CAME"], ["eggs"], ["milk", "bread", "eggs"])
    assert chapter["shown"]["explore-mailbox"].bet.truth == "milk, bread, eggs"
    assert chapter["fridge"]("eggs", 3)[1:] == (["eggs", "eggs", "Timeout()"], ["milk", "bread"])


def test_a_time_out_of_zero_looks_once_and_takes_no_time(chapter):
    assert chapter["fridge"]("tea", 2) == (chapter["CAME"], ["Timeout()"] * 2, list(chapter["CAME"]))


def test_one_crash_ends_one_process_and_the_world_goes_on(chapter):
    world = World()
    anna, ben = world.spawn(chapter["butcher"]), world.spawn(chapter["butcher"])
    world.send(ben, 0)
    world.run()
    assert (world.is_alive(anna), world.is_alive(ben)) == (True, False)


@pytest.mark.parametrize("seed", FRESH)
def test_without_eggs_a_process_a_till_is_chapter_1s_store_to_the_second(chapter, seed):
    day = chapter["a_day"](0, seed, hours(2))
    in_one_loop, by_till = chapter["one_loop"](day), chapter["waits_of"]("a till", day)
    assert by_till == pytest.approx(in_one_loop)
    by_customer = chapter["waits_of"]("a customer", day, patience=hours(9))
    assert by_customer == pytest.approx(in_one_loop)


@pytest.mark.parametrize("seed", FRESH)
def test_everybody_who_dropped_nothing_is_served_in_the_loop_and_by_processes(chapter, seed):
    day = chapter["a_day"](2, seed, hours(4))
    for design in ("the store", "a customer"):
        assert eggs.worst(day, chapter["waits_of"](design, day)) < inf


def test_the_wall_is_measured_over_mornings_that_the_chapter_does_not_show(chapter):
    days = [eggs.one_carton(chapter["a_day"](0, seed, hours(1.4)), hours(1)) for seed in range(3000, 3064)]
    loop = eggs.before_and_after([(day, chapter["one_loop"](day)) for day in days], 8)
    walls = eggs.before_and_after([(day, chapter["waits_of"]("a customer", day)) for day in days], 8)
    assert loop[1].low > 2 * loop[0].high  # everybody pays for the eggs
    assert walls[1].low < walls[0].high  # nobody can tell


def test_all_six_of_the_runs_to_watch_are_what_the_text_says_of_them(chapter):
    by_till, by_customer = chapter["by_till"].trace, chapter["by_customer"].trace
    assert [str(event.pid).split()[1] for event in by_till.of(Exited)] == ["till"]
    served = [event for event in by_till.of(Received) if isinstance(event.message, chapter["Customer"])]
    assert {event.message.number for event in served} == set(range(1, 7))
    dead = [event for event in by_customer.of(Exited) if event.reason != "normal"]
    assert [repr(event.pid).split(" ", 1)[1] for event in dead] == ["customer 3>"]
    (given_up,) = by_customer.of(TimedOut)
    assert given_up.waited == 120 and given_up.at - dead[0].at == pytest.approx(120)


def test_the_text_says_what_the_runs_give(chapter):
    days, walls, processes = chapter["days"], chapter["walls"], chapter["processes"]
    worst = {rate: eggs.worst(*day) for rate, day in days.items()}
    baskets, by_design = chapter["baskets"], chapter["by_design"]
    never = sum(wait == inf for _, wait in eggs.others(baskets, by_design["a till"]))
    small = lambda budget: statistics.mean(
        at for number, at in chapter["in_turns"](chapter["ORDERS"], budget).items() if number
    )
    for sentence in (
        f"do not exceed goes from {worst[0]:.1f} minutes to {worst[1]:.1f}",
        f"With four cartons an hour it is {worst[4]:.1f}",
        f"two of seven are alive at closing time, and {never} customers",
        f"wait at most {eggs.worst(baskets, by_design['a customer']):.1f} minutes, against {worst[0]:.1f} with no eggs "
        f"at all and {eggs.worst(baskets, by_design['the store']):.1f} in the one loop",
        f"both stores are the same: {processes[0].mean:.1f} minutes",
        f"the carton makes it {walls[5][1].mean:.1f}",
        f"two minutes still makes it {walls[2][1].mean:.1f}",
        f"With a process a customer it is {processes[1].mean:.1f} minutes",
        f"{walls[5][1].mean:.1f} minutes in one loop against {processes[1].mean:.1f} with a process a customer",
        f"done after {small(30):.0f} minutes on average. In turns of a minute it is {small(1):.0f}",
        f"{chapter['in_turns'](chapter['ORDERS'], 1)[0]:.0f} minutes instead of 30",
        f"({small(0.1):.0f} minutes at six seconds",
        f"where the nine others wait {small(1):.0f} instead of {small(30):.0f}.",
    ):
        assert sentence in CHAPTER.said, sentence
    assert walls[5][0].mean == pytest.approx(processes[0].mean, abs=0.05)
    assert "Half an hour after opening the day is over" in CHAPTER.said
    assert chapter["alive"][-1] == 2
    assert f"wrongs {chapter['aside'](10)} of {len(chapter['honest'])} customers here" in CHAPTER.said


def test_a_clerk_waits_for_this_customers_done_and_no_other(chapter):
    """The slow one is given up after ten minutes; what they say at eleven does not end the next one's turn."""
    baskets = [(0, minutes(11)), (1, minutes(5)), (2, 30)]
    started = chapter["waits_of"]("a customer", baskets, tills=1)
    assert started == {1: 0, 2: minutes(10), 3: minutes(15)}


def test_turns_share_the_clerk_and_lose_no_work(chapter):
    for budget in (0.1, 0.5, 1, 5, 10, 30):
        done = chapter["in_turns"](chapter["ORDERS"], budget)
        assert max(done.values()) == pytest.approx(39)
        assert done[0] >= 30


def test_the_sandbox_has_the_answers_that_the_text_gives(chapter):
    reading = lambda *at: chapter["my_store"](*at).reading
    assert reading("a till", 3, 2) == reading("a till", 3, 15)
    waits = lambda text: float(re.search(r"wait ([\d.]+) minutes", text)[1])
    assert waits(reading("the store", 3, 2)) > waits(reading("a customer", 3, 15))
    assert waits(reading("a customer", 0, 2)) < waits(reading("the store", 0, 2))


def test_what_the_closing_questions_call_right_is_right():
    async def reader(me, got):
        got += [await me.receive("reply"), await me.receive()]

    world, got = World(), []
    pid = world.spawn(reader, got)
    for message in ("cast", "reply", "cast", "reply"):
        world.send(pid, message)
    world.run()
    assert ", ".join(got) == QUESTIONS[0].right


def test_a_mailbox_is_drawn_with_every_message_in_its_row():
    figure = mailboxes.mailbox(["milk", "eggs"], ["eggs"], ["milk"])
    assert list(zip(figure.data[0]["y"], figure.data[0]["text"], strict=True)) == [
        ("came", "milk"),
        ("came", "eggs"),
        ("taken", "eggs"),
        ("left", "milk"),
    ]
    assert figure.reading == "Taken: eggs. Left in the mailbox, oldest first: milk."


def test_the_store_to_watch_is_read_from_the_messages_and_everybody_in_it_leaves_once(chapter):
    for world in (chapter["by_till"], chapter["by_customer"]):
        events = eggs.seen(world)
        assert [event for event in events if event in list(world.trace)] == list(world.trace)
        numbers = {
            kind: [e.customer for e in events if type(e) is kind] for kind in (Arrived, Started, Finished, Reneged)
        }
        assert numbers[Arrived] == numbers[Started] == [1, 2, 3, 4, 5, 6]
        assert sorted(numbers[Finished] + numbers[Reneged]) == [1, 2, 3, 4, 5, 6]
        assert numbers[Reneged] == [3]


# In real Erlang


def test_one_customer_of_the_program_crashes_and_four_are_served():
    printed = CHAPTER.erlang_prints()
    (shown,) = CHAPTER.fences("text")
    assert printed.splitlines()[-1] == "took eggs, left [milk,bread,eggs]"
    undated = [re.sub(r"\d+-\w+-\d+::\S+|<0\.\d+\.0>", "#", text) for text in (printed, shown)]
    assert sorted(undated[0].splitlines()) == sorted(undated[1].splitlines())  # the logger writes when it gets to it


def test_a_process_of_otp_25_begins_with_as_many_words_as_the_chapter_says():
    if shutil.which("erl") is None:
        pytest.skip("no Erlang on this machine: install erlang-base to weigh one of its processes")
    weigh = """{_, Bytes} = process_info(spawn(fun() -> receive never -> ok end end), memory),
        io:format("~s ~b", [erlang:system_info(otp_release), Bytes div erlang:system_info(wordsize)]), halt()."""
    command = ["erl", "-noshell", "-eval", weigh]
    release, words = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.split()
    (said,) = re.findall(r"begins with (\d+) words of memory \(OTP 25, 64 bits\)", CHAPTER.text)
    assert words == said or release != "25"
