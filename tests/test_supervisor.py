"""The rules of a supervisor alone, trees as a whole, and a supervisor that goes by a reader's own rules."""

import functools
import math
import re
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import letitcrash
from letitcrash import World, balancing, gen_server, process, queueing, supervisor
from letitcrash.gen_server import GenServer, Ignore, Stop, call
from letitcrash.process import BadArgument, Exit, NoProcess, TimeStandsStill
from letitcrash.process import events as ev
from letitcrash.process.start import StartFailed
from letitcrash.process.start import start_link as start_process
from letitcrash.scenario import against_otp
from letitcrash.supervisor import (
    BadSpec,
    Child,
    ChildError,
    ChildTable,
    Rules,
    Supervisor,
    SupervisorSpec,
    count_children,
    delete_child,
    gives_up,
    restart_window,
    should_restart,
    shuts_down,
    start_child,
    terminate_child,
    to_restart,
    tree,
    which_children,
)

TIMES = st.lists(st.floats(0, 100, allow_nan=False), max_size=20).map(sorted)
IDS = st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=6, unique=True)
STRATEGIES = ["one_for_one", "one_for_all", "rest_for_one", "simple_one_for_one"]


async def worker(me, crashes_after=None):
    if crashes_after is not None:
        await me.sleep(crashes_after)
        raise Exit("boom")
    while True:
        await me.receive()


# Rules


def windows(times, period):
    """The window after each restart of `times`."""
    found = [()]
    for now in times:
        found.append(restart_window(found[-1], now, period))
    return found[1:]


@given(times=TIMES, period=st.integers(1, 10))
def test_a_window_holds_the_restarts_of_the_last_whole_seconds_newest_first(times, period):
    for number, window in enumerate(windows(times, period), start=1):
        seconds = [math.floor(time) for time in times[:number]]
        assert list(window) == [second for second in reversed(seconds) if second >= seconds[-1] - period]


@given(times=TIMES, period=st.integers(1, 10), intensity=st.integers(0, 5))
def test_crashes_within_the_period_always_count_and_beyond_it_by_a_second_never(times, period, intensity):
    for (before, now), window in zip(pairwise(times), windows(times, period)[1:], strict=True):
        if now - before <= period:
            assert len(window) >= 2
        if now - before >= period + 1:
            assert len(window) == 1
        assert gives_up(window, intensity) == (len(window) > intensity)


@given(strategy=st.sampled_from(STRATEGIES), ids=IDS, data=st.data())
def test_who_is_restarted_keeps_the_order_and_has_the_failed_one(strategy, ids, data):
    failed = data.draw(st.sampled_from(ids))
    restarted = to_restart(strategy, ids, failed)
    assert failed in restarted and [id for id in ids if id in restarted] == restarted
    expected = {"one_for_all": ids, "rest_for_one": ids[ids.index(failed) :]}.get(strategy, [failed])
    assert restarted == expected


@pytest.mark.parametrize(
    "reason",
    [
        "normal",
        "shutdown",
        ("shutdown", 1),
        ("shutdown",),
        ("shutdown", 1, 2),
        "kill",
        "killed",
        "boom",
        ValueError(),
        7,
    ],
)
def test_who_comes_back(reason):
    clean = reason in ("normal", "shutdown", ("shutdown", 1))
    assert should_restart("permanent", reason) and not should_restart("temporary", reason)
    assert should_restart("transient", reason) is not clean


@given(significant=st.booleans(), others=st.integers(0, 3))
def test_who_takes_the_supervisor_along(significant, others):
    assert not shuts_down("never", significant, others)
    assert shuts_down("any_significant", significant, others) is significant
    assert shuts_down("all_significant", significant, others) is (significant and others == 0)


# A reader's own rules


def test_a_supervisor_goes_by_the_rules_it_is_given():
    seen = []

    def never(kind, reason):
        seen.append((kind, reason))
        return False

    world = World()
    top = world.start(Supervisor([Child("a", worker, args=(1,))], rules=Rules(should_restart=never)))
    world.run(until=5)
    assert seen == [("permanent", "boom")] and world.ask(count_children, top)["active"] == 0


def test_a_rule_that_crashes_takes_its_supervisor_along_and_nobody_else():
    def broken(strategy, children, failed):
        raise IndexError("off by one")

    world = World()
    other = world.start(Supervisor([Child("b", worker)]))
    top = world.start(Supervisor([Child("a", worker, args=(1,))], rules=Rules(to_restart=broken)))
    world.run(until=5)
    reason = next(event.reason for event in world.trace.of(ev.Exited) if event.pid is top)
    assert isinstance(reason, IndexError) and world.is_alive(other)


# Trees


def test_a_tree_is_data_and_text():
    below = Supervisor([Child("x", worker)], strategy="one_for_all", intensity=3, period=10)
    world = World()
    top = world.start(Supervisor([Child("a", worker, args=(1.5,)), Child("sub", below)]))
    world.run(until=2)
    found = tree(world.node, top)
    assert [branch.id for branch in found.children] == ["a", "sub"] and found.window == (1,)
    assert found.lines() == [
        "supervisor <0.3 supervisor> one_for_one, 1 of 1 in 5 s",
        "  a <0.7 a>",
        "  sub <0.5 supervisor> one_for_all, 0 of 3 in 10 s",
        "    x <0.6 x>",
    ]
    world.run(until=20)
    assert not world.is_alive(top)


def test_the_window_of_a_tree_empties_with_time():
    async def dies_once(me):
        if await me.receive(timeout=1):
            raise Exit("boom")

    world = World()
    top = world.start(Supervisor([Child("a", dies_once, restart="transient")]))
    world.run(until=1.5)
    assert tree(world.node, top).window == (1,)
    world.run(until=7.5)
    assert tree(world.node, top).window == ()


def test_a_tree_starts_and_stops_as_a_whole():
    world = World()
    top = world.start(Supervisor([Child("a", worker, name="a"), Child("sub", Supervisor([Child("x", worker)]))]))
    assert world.whereis("a") is not None
    assert world.stop(top) == "shutdown" and world.processes() == []
    with pytest.raises(NoProcess, match="has stopped already"):
        world.stop(top)


def test_the_process_above_a_tree_leaves_with_it_and_with_its_reason():
    world = World()
    world.start(Supervisor([Child("a", worker, args=(1,))], intensity=0))
    world.run(until=2)
    assert [(event.pid.label, event.reason) for event in world.trace.of(ev.Exited)][-2:] == [
        ("supervisor", "shutdown"),
        ("application", "shutdown"),
    ]


def test_only_a_tree_that_was_started_as_a_whole_can_be_stopped_as_one():
    async def starts(me):
        strangers.append(await Supervisor([Child("a", worker)]).start_link(me))
        await me.receive()

    world = World()
    strangers = [world.spawn(worker), world.spawn(starts)]
    world.run(until=1)
    assert len(strangers) == 3
    for stranger in strangers:
        with pytest.raises(BadArgument, match=f"{stranger!r} is not the top of a tree"):
            world.stop(stranger)


def test_a_tree_that_cannot_start_says_which_child_and_why():
    class NoEggs(GenServer):
        async def init(self):
            return Stop("no eggs")

    world = World()
    with pytest.raises(StartFailed) as caught:
        world.start(Supervisor([Child("a", worker), Child("shelf", NoEggs)]))
    assert caught.value.reason == ("shutdown", ("failed_to_start_child", "shelf", "no eggs"))
    assert world.processes() == []


def test_a_start_that_fails_for_no_reason_has_failed():
    class Empty(GenServer):
        async def init(self):
            return Stop(None)

    with pytest.raises(StartFailed) as caught:
        World().start(Supervisor([Child("shelf", Empty)]))
    assert caught.value.reason == ("shutdown", ("failed_to_start_child", "shelf", "undefined"))


def test_a_tree_whose_top_ignores_its_start_is_none_and_leaves_nobody_behind():
    class Closed(Supervisor):
        def init(self):
            return Ignore()

    world = World()
    with pytest.raises(StartFailed) as caught:
        world.start(Closed())
    assert caught.value.reason == ("bad_return", "ignore") and world.processes() == []


def test_a_refused_request_says_what_was_asked_about_whom_and_why_not():
    world = World()
    top = world.start(Supervisor([Child("till", worker)]))
    with pytest.raises(ChildError, match=r"^delete_child\('till'\): 'running'$"):
        world.ask(delete_child, top, "till")
    with pytest.raises(ChildError, match=r"^terminate_child\(\['till'\]\): 'not_found'$"):
        world.ask(terminate_child, top, ["till"])


def test_a_name_comes_back_with_the_child():
    world = World()
    world.start(Supervisor([Child("till", worker, args=(1,), name="till")], intensity=9))
    first = world.whereis("till")
    world.run(until=1.5)
    assert world.whereis("till") not in (first, None)


def test_a_tree_that_restarts_for_ever_in_no_time_is_stopped_with_an_explanation():
    async def crashes(me):
        raise Exit("boom")

    world = World(keep=100, steps_per_instant=10_000)
    with pytest.raises(TimeStandsStill, match="a restart that fails at once under a large intensity") as stopped:
        world.start(Supervisor([Child("a", crashes)], intensity=10**9), name="top")
    assert world.trace.of(ev.Restarted)
    assert re.search(r"Still busy: <0\.\d+ a>, started by <0\.\d+ top>\. ", str(stopped.value))


def test_a_world_as_it_comes_stops_such_a_tree_before_its_windows_have_eaten_the_memory():
    async def crashes(me):
        raise Exit("boom")

    world = World()
    with pytest.raises(TimeStandsStill):
        world.start(Supervisor([Child("a", crashes)], intensity=10**9))
    assert 2_000 < len(world.trace.of(ev.Restarted)) < 10_000


def test_a_supervisor_below_itself_is_refused_at_once_and_the_others_live():
    class Below(Supervisor):
        def init(self):
            return self.flags, [Child("again", self)]

    world = World()
    other = world.start(Supervisor([Child("a", worker)]))
    with pytest.raises(StartFailed, match="is started below itself: a supervisor cannot be among its own children"):
        world.start(Below())
    assert world.now == 0 and world.ask(count_children, other)["active"] == 1


def test_a_tree_without_end_is_refused_at_its_64th_level_and_the_others_live():
    class Below(Supervisor):
        def init(self):
            return self.flags, [Child("again", Below())]

    world = World()
    other = world.start(Supervisor([Child("a", worker)]))
    with pytest.raises(StartFailed, match="is 64 levels deep, 64 are allowed: does it contain itself"):
        world.start(Below())
    assert len(world.processes()) == 3 and world.ask(count_children, other)["active"] == 1


def test_a_tree_of_64_levels_starts():
    described = Child("leaf", worker)
    for level in range(64):
        described = Child(f"level {level}", Supervisor([described]))
    world = World()
    assert world.is_alive(world.start(described.start))


def test_one_tree_out_of_control_leaves_the_others_as_they_were():
    async def crashes(me):
        await me.receive()
        raise Exit("boom")

    world = World(keep=0, steps_per_instant=10_000)
    quiet = world.start(Supervisor([Child("a", worker)]))
    wild = world.start(Supervisor([Child("b", crashes)], intensity=10**9))
    world.send(world.ask(which_children, wild)[0].pid, "now")
    world.run(until=1)
    assert world.is_alive(quiet) and world.ask(count_children, quiet)["active"] == 1


def test_links_across_the_tree_take_the_linked_child_along():
    async def partner(me, other):
        me.link(me.whereis(other))
        while True:
            await me.receive()

    world = World()
    left = Supervisor([Child("a", worker, args=(1,), name="a")], intensity=5)
    right = Supervisor([Child("b", partner, args=("a",))], intensity=5)
    top = world.start(Supervisor([Child("left", left), Child("right", right)]))
    world.run(until=1.5)
    counted = [(event.supervisor, event.id) for event in world.trace.of(ev.Restarted)]
    assert [id for _, id in counted] == ["a", "b"] and world.is_alive(top)


def test_the_events_of_a_restart_tell_its_story():
    world = World()
    top = world.start(Supervisor([Child("a", worker, args=(1,)), Child("b", worker)], strategy="one_for_all"))
    world.run(until=3)
    story = (ev.ChildExited, ev.Restarted, ev.GaveUp, ev.ChildStopping, ev.ChildStopped, ev.ChildStarted)
    told = [(type(event).__name__, event.id) for event in world.trace.of(*story) if event.at >= 1]
    assert told == [
        ("ChildExited", "a"),
        ("Restarted", "a"),
        ("ChildStopping", "b"),
        ("ChildStopped", "b"),
        ("ChildStarted", "a"),
        ("ChildStarted", "b"),
        ("ChildExited", "a"),
        ("GaveUp", "a"),
        ("ChildStopping", "b"),
        ("ChildStopped", "b"),
    ]
    assert world.trace.of(ev.GaveUp)[0].window == (2, 1) and not world.is_alive(top)


# Numbers of the book (facts, section 1.1)


@pytest.mark.parametrize(("first", "later", "lives"), [(1.1, 1.85, False), (0.9, 1.18, True)])
def test_crashes_185_and_118_hundredths_apart(first, later, lives):
    async def crashes(me):
        raise Exit(await me.receive())

    world = World()
    top = world.start(Supervisor([Child("a", crashes, name="a")], intensity=1, period=1))
    for second in (first, first + later):
        world.at(second, world.send, world.whereis("a") and "a", "boom")
    world.run(until=5)
    assert world.is_alive(top) is lives


@pytest.mark.parametrize(("intensity", "levels"), [(1, 2), (3, 2), (1, 3), (2, 3)])
def test_a_tree_of_k_levels_falls_at_the_i_plus_1_to_the_kth_crash(intensity, levels):
    async def crashes(me):
        raise Exit(await me.receive())

    described = Child("leaf", crashes, name="leaf")
    for level in range(levels):
        described = Child(f"level {level}", Supervisor([described], intensity=intensity, period=1000))
    world = World()
    top = world.start(described.start)
    count = 0
    while world.is_alive(top):
        world.send("leaf", "boom")
        world.run(until=world.now + 0.01)
        count += 1
    assert count == (intensity + 1) ** levels


# A heart of one's own


def test_a_supervisor_can_have_a_heart_of_its_own():
    """The seam that lab 4 uses: what is not the idea comes from ChildTable, what is comes from the heart."""

    class Heart(ChildTable):
        async def init_children(self):
            for id in self.ids():
                await self.start_one(id)

        async def child_exited(self, pid, reason):
            heard.append(self.heard(pid, reason))

        async def terminate(self, reason):
            for id in self.ids():
                await self.stop_one(id)

    class Careless(SupervisorSpec):
        server_class = Heart

    heard, world = [], World()
    top = world.start(Careless([Child("a", worker, args=(1,)), Child("b", worker)]))
    world.run(until=5)
    assert heard == ["a"] and world.ask(count_children, top)["active"] == 1
    assert [branch.id for branch in tree(world.node, top).children] == ["a", "b"]
    assert world.stop(top) == "shutdown" and world.processes() == []


def test_against_otp_names_the_error_of_a_heart_that_breaks_and_raises_that_of_a_stub():
    class Breaks(ChildTable):
        async def init_children(self):
            raise KeyError("eggs")

    class Stub(ChildTable):
        async def init_children(self):
            raise NotImplementedError("start all in order")

    found = against_otp(type("Broken", (SupervisorSpec,), {"server_class": Breaks}))
    assert found.agree < found.total and "supervisor stopped with KeyError: 'eggs'" in str(found)
    with pytest.raises(NotImplementedError, match="start all in order"):
        against_otp(type("Open", (SupervisorSpec,), {"server_class": Stub}))


# The start of a child


class Scale(GenServer):
    async def init(self, grams=0, *, tara=0):
        self.grams = grams - tara

    async def handle_call(self, request, caller):
        return self.grams


async def starts_a_scale(me):
    return await Scale.start_link(me, 3)


async def starts_two(me, grams=3):
    pid = await Scale.start_link(me, grams)
    await Scale.start_link(me, grams)
    return pid


class Starter:
    async def __call__(self, me):
        await Scale.start_link(me, 3)


start_scale = Scale.start_link


async def starts_under_another_name(me):
    await start_scale(me, 3)


async def starts_without_a_link(me):
    return await Scale.start(me, 3)


def closes_over(start):
    async def body(me):
        await start(me, 3)

    return body


class Shop:
    open_scale = Scale.start_link

    def __init__(self):
        self.begin = Scale.start_link

    async def begins(self, me):
        await self.begin(me, 3)

    async def opens(self, me):
        await Shop.open_scale(me, 3)


async def starts_indirectly(me):
    return await starts_a_scale(me)


async def starts_by_the_module(me):
    return await start_process(me, worker, name="scale")


@functools.wraps(Scale.start_link)
async def wraps_a_start(*args):
    return await Scale.start_link(*args)


LOST = {
    "function of the class method": Scale.start_link.__func__,
    "that function with its class": partial(Scale.start_link.__func__, Scale),
    "function of a supervisor": Supervisor.start_link,
    "function of the runtime": start_process,
    "body around the runtime's": starts_by_the_module,
    "attribute of an object": Shop().begins,
    "attribute of a class": Shop().opens,
    "through another body": starts_indirectly,
    "wrapped": wraps_a_start,
    "under another name": starts_under_another_name,
    "without a link": starts_without_a_link,
    "closed over": closes_over(Scale.start_link),
    "start_link": Scale.start_link,
    "start": Scale.start,
    "partial": partial(Scale.start_link, tara=2),
    "partial of a partial": partial(partial(Scale.start_link), name="scale"),
    "partial of the class": partial(Scale, 3),
    "of a supervisor": Supervisor([]).start_link,
    "lambda": lambda me: Scale.start_link(me, 3),
    "coroutine function": starts_a_scale,
    "one that starts two": starts_two,
    "partial of a coroutine function": partial(starts_two, grams=4),
    "object": Starter(),
    "object of a server": Scale(),
}


@pytest.mark.parametrize("start", LOST.values(), ids=LOST)
def test_a_start_that_would_leave_its_server_behind_is_refused_in_words(start):
    with pytest.raises(BadSpec, match=r"start of child 'scale': .*(itself|uncalled)") as caught:
        Child("scale", start)
    assert caught.value.reason == ("invalid_mfa", start)
    with pytest.raises(BadArgument, match=r"itself|uncalled"):
        World().start(start)


async def stays(me):
    pid = await Scale.start_link(me, 3)
    me.send(await me.receive(), pid)
    await me.receive()


async def stays_behind_another(me):
    await starts_a_scale(me)
    await stays(me)


async def lets_another_start(me):
    me.spawn(starts_a_scale)
    me.spawn(Scale.start_link, 3)
    await me.receive()


async def start(me):
    await me.receive()


class Lorry:
    async def start(self, me):
        await me.receive()


@pytest.mark.parametrize(
    "body", [stays, stays_behind_another, lets_another_start, start, Lorry().start, partial(Lorry.start, Lorry())]
)
def test_a_body_that_stays_is_a_child_whatever_it_starts_and_is_called(body):
    world = World()
    top = world.start(Supervisor([Child("stays", body)]))
    [child] = world.ask(which_children, top)
    assert child.id == "stays" and world.is_alive(child.pid)


def test_a_child_takes_keyword_arguments():
    async def weighs(me, grams, *, tara):
        me.register(f"net {grams - tara}")
        await me.receive()

    world = World()
    scale = Child("scale", Scale, args=(12,), kwargs={"tara": 2}, name="scale")
    world.start(Supervisor([scale, Child("weighs", weighs, args=(12,), kwargs={"tara": 2})]))
    world.run(until=1)
    assert world.ask(call, "scale", "grams") == 10 and world.whereis("net 10")
    assert hash(scale) == hash(Child("scale", Scale, args=(12,), name="scale"))


def test_the_children_of_a_template_keep_its_keyword_arguments():
    world = World()
    top = world.start(Supervisor([Child("scale", Scale, kwargs={"tara": 2})], strategy="simple_one_for_one"))
    assert world.ask(call, world.ask(start_child, top, (7,)), "grams") == 5


@pytest.mark.parametrize("kwargs", [("tara", 2), {1: 2}, None, {"name": "scale"}, {"label": "scale"}])
def test_keyword_arguments_that_are_none_are_refused_in_words(kwargs):
    with pytest.raises(BadSpec, match=r"kwargs of child 'scale' (is a dict|cannot hold)"):
        Child("scale", Scale, kwargs=kwargs)


def test_no_name_means_two_things_under_star_imports():
    packages = [letitcrash, process, gen_server, supervisor, queueing, balancing]
    meanings = {}
    for package in packages:
        for name in getattr(package, "__all__", ()):
            meanings.setdefault(name, set()).add(id(getattr(package, name)))
    assert [name for name, found in meanings.items() if len(found) > 1] == []


@pytest.mark.filterwarnings("always::RuntimeWarning")
@pytest.mark.parametrize("forgotten", ["call", "start_child", "stop", "which_children"])
def test_a_question_that_nobody_awaited_is_named_with_its_line(forgotten, recwarn):
    async def forgets(me):
        getattr(gen_server if forgotten in ("call", "stop") else supervisor, forgotten)(me, *arguments)

    arguments = ("scale",) if forgotten in ("stop", "which_children") else ("scale", "eggs")
    world = World()
    world.spawn(forgets)
    world.run()
    (warning,) = recwarn
    assert f"'{forgotten}' was never awaited" in str(warning.message)
    assert (warning.filename, warning.lineno) == (__file__, forgets.__code__.co_firstlineno + 1)
