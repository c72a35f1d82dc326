"""Crash reports: a crash of which no process hears is shown once, with the reader's own line."""

import logging

import pytest

from letitcrash import World
from letitcrash.gen_server import GenServer, call, cast
from letitcrash.process import BadArgument, Exit, NoProcess
from letitcrash.supervisor import Child, Supervisor


async def slip(me):
    await me.sleep(2)
    return eggs  # noqa: F821


async def leaves(me, reason):
    raise Exit(reason)


async def stays(me):
    await me.receive()


def reports_of(*acts, **settings):
    """The reports of a world in which these acts are done at second 0."""
    found = []
    world = World(report=found.append, **settings)
    for act in acts:
        act(world)
    world.run()
    return found


def test_a_crash_of_which_no_process_hears_is_reported_with_its_line():
    (report,) = reports_of(lambda world: world.spawn(slip, label="Ann"))
    assert str(report) == (
        "<0.1 Ann> crashed at second 2, and no process heard of it: NameError: name 'eggs' is not defined "
        f"(line {slip.__code__.co_firstlineno + 2} of slip: return eggs  # noqa: F821)"
    )


def test_a_callback_that_returns_what_it_may_not_crashes_its_server_with_a_report():
    class Till(GenServer):
        async def handle_cast(self, message):
            return "noreply"

    async def tells(me):
        cast(me, await Till.start(me), "eggs")

    (report,) = reports_of(lambda world: world.spawn(tells))
    words = "<0.2 Till> crashed at second 0, and no process heard of it: Exit: ('bad_return_value', 'noreply')"
    assert str(report) == words


def test_an_address_that_nobody_awaited_is_said_to_be_none():
    async def forgets(me):
        await call(me, Shelf.start(me), "sum")

    class Shelf(GenServer):
        pass

    with pytest.raises(BadArgument, match=r"got <coroutine .*; nobody awaited it: write await start\(\.\.\.\)"):
        World(report=None).ask(forgets)


def test_an_error_of_the_library_is_reported_with_the_line_of_the_reader():
    async def calls_nobody(me):
        me.send("nobody", "hello")

    (report,) = reports_of(lambda world: world.spawn(calls_nobody))
    assert report.function == "calls_nobody" and "hello" in str(report) and isinstance(report.error, BadArgument)


def test_the_same_line_is_reported_once_a_world():
    def spawn(world):
        for _ in range(3):
            world.spawn(slip)

    assert len(reports_of(spawn)) == 1 and len(reports_of(spawn)) == 1


def test_a_crash_that_a_monitor_or_a_link_tells_of_is_not_reported():
    async def hears(me, how):
        me.trap_exit = True
        getattr(me, how)(slip)
        await me.receive()
        await me.receive()

    assert not reports_of(lambda world: [world.spawn(hears, how) for how in ("spawn_link", "spawn_monitor")])


@pytest.mark.parametrize("reason", ["normal", "shutdown", "boom", ("timeout", "eggs")])
def test_an_exit_is_no_crash(reason):
    assert not reports_of(lambda world: world.spawn(leaves, reason))


def test_who_is_ended_by_a_signal_is_not_reported():
    def linked(world):
        async def ends_with(me):
            me.spawn_link(slip)
            await me.receive()

        world.spawn(ends_with)

    assert not reports_of(linked)
    assert not reports_of(lambda world: world.exit(world.spawn(stays), ValueError("from outside")))


def test_the_crash_of_a_started_server_is_reported_as_that_of_the_server():
    class Shelf(GenServer):
        async def handle_info(self, message):
            return {}[message]

    (report,) = reports_of(lambda world: world.send(world.start(Shelf, name="shelf"), "eggs"))
    assert repr(report.pid) == "<0.3 shelf>" and report.function == "handle_info"


def test_a_supervised_crash_is_heard_by_its_supervisor():
    assert not reports_of(lambda world: world.start(Supervisor([Child("slips", slip)])))


def test_without_a_report_of_its_own_a_world_writes_to_pythons_log(caplog, capsys):
    world = World()
    world.spawn(slip)
    world.run()
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("letitcrash", logging.ERROR) and "NameError" in record.getMessage()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("settings", [{"report": None}, {"keep": 0}])
def test_a_world_reports_nothing_when_told_so_or_without_a_trace(settings, caplog):
    world = World(**settings)
    world.spawn(slip)
    world.run()
    assert not caplog.records


def test_a_report_that_is_no_function_is_refused():
    with pytest.raises(BadArgument, match=r"report of a world is a function .* or None; got 'print'"):
        World(report="print")


def test_a_report_changes_no_trace():
    def digest(**settings):
        world = World(**settings)
        world.spawn(slip)
        world.run()
        return world.trace.digest()

    assert digest(report=None) == digest(report=lambda report: None)


# Questions


def test_a_question_that_is_ended_before_its_answer_says_why():
    class Opens(GenServer):
        async def init(self, eggs):
            self.boxes = 12 // eggs

    with pytest.raises(
        RuntimeError, match=r"start_link: .* was ended before an answer came: ZeroDivisionError"
    ) as caught:
        World(report=None).ask(Opens.start_link, 0)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_question_that_raises_is_raised_with_its_own_line():
    async def links_to_the_dead(me):
        pid = me.spawn(leaves, "normal")
        await me.sleep(1)
        me.link(pid)

    with pytest.raises(NoProcess) as caught:
        World().ask(links_to_the_dead)
    assert "links_to_the_dead" in {entry.name for entry in caught.traceback}
