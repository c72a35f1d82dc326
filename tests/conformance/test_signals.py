"""Exit signals, links, monitors, names: every row that was observed on OTP 25 (facts, section 1.3)."""

import pytest

from letitcrash import World
from letitcrash.process import BadArgument, Down, Exit, ExitSignal, NoProcess, Timeout
from letitcrash.process import events as ev


async def idle(me, traps=False):
    """Lives until a signal ends it, or "stop"."""
    me.trap_exit = traps
    while await me.receive() != "stop":
        pass


async def until_told(me):
    """Exits with the reason it is sent."""
    raise Exit(await me.receive())


def run(body, *args):
    """Run `body` in a world of its own; what it returns."""
    return World().ask(body, *args)


def end_of(body, *args):
    """The reason with which a process of this body exits."""
    world = World()
    pid = world.spawn(body, *args)
    world.run()
    return next((event.reason for event in world.trace.of(ev.Exited) if event.pid is pid), "alive")


def test_exit_other_normal_not_trapping_is_ignored():
    async def check(me):
        pid = me.spawn(idle)
        await me.sleep(1)
        me.exit(pid, "normal")
        return me.is_alive(pid)

    assert run(check)


def test_exit_other_normal_trapping_is_a_message():
    async def trapper(me, sender):
        me.trap_exit = True
        me.send(sender, "ready")
        me.send(sender, await me.receive())

    async def check(me):
        pid = me.spawn(trapper, me.pid)
        await me.receive("ready")
        me.exit(pid, "normal")
        return await me.receive() == ExitSignal(me.pid, "normal")

    assert run(check)


def test_exit_self_normal_terminates():
    async def suicide(me):
        me.exit(me.pid, "normal")
        raise AssertionError("it should be over")

    assert end_of(suicide) == "normal"


def test_exit_self_with_a_reason_cannot_be_caught_by_except_exception():
    async def stubborn(me):
        try:
            me.exit(me.pid, "boom")
        except Exception:
            await me.sleep(1)

    assert end_of(stubborn) == "boom"


def test_exit_self_normal_when_trapping_is_a_message():
    async def trapper(me):
        me.trap_exit = True
        me.exit(me.pid, "normal")
        raise Exit(("got", await me.receive()))

    world = World()
    pid = world.spawn(trapper)
    world.run()
    assert world.trace.of(ev.Exited)[0].reason == ("got", ExitSignal(pid, "normal"))


@pytest.mark.parametrize("traps", [True, False])
def test_kill_is_untrappable_and_links_get_killed(traps):
    async def check(me):
        me.trap_exit = True
        pid = me.spawn_link(idle, traps)
        await me.sleep(1)
        me.exit(pid, "kill")
        return await me.receive() == ExitSignal(pid, "killed")

    assert run(check)


def test_killed_over_a_link_can_be_trapped_and_kills_who_does_not():
    async def check(me):
        async def linked(me, other, traps):
            me.trap_exit = traps
            me.link(other)
            await me.receive()
            await me.receive()

        victim = me.spawn(idle)
        trapper, plain = me.spawn(linked, victim, True), me.spawn(linked, victim, False)
        ref = me.monitor(plain)
        await me.sleep(1)
        me.exit(victim, "kill")
        return me.is_alive(trapper), await me.receive() == Down(plain, "killed", ref)

    assert run(check) == (True, True)


def test_who_exits_with_kill_itself_sends_kill_which_can_be_trapped():
    async def check(me):
        async def linked(me, other):
            me.link(other)
            await me.receive()

        me.trap_exit = True
        victim = me.spawn_link(until_told)
        plain = me.spawn(linked, victim)
        ref = me.monitor(plain)
        await me.sleep(1)
        me.send(victim, "kill")
        return await me.receive() == ExitSignal(victim, "kill"), await me.receive() == Down(plain, "kill", ref)

    assert run(check) == (True, True)


def test_link_to_a_dead_process_not_trapping_raises_noproc():
    async def check(me):
        pid = me.spawn(until_told)
        me.send(pid, "gone")
        await me.sleep(1)
        with pytest.raises(NoProcess, match="noproc"):
            me.link(pid)
        return "still here"

    assert run(check) == "still here"


def test_link_to_a_dead_process_trapping_is_a_message():
    async def check(me):
        me.trap_exit = True
        pid = me.spawn(until_told)
        me.send(pid, "gone")
        await me.sleep(1)
        me.link(pid)
        return await me.receive() == ExitSignal(pid, "noproc")

    assert run(check)


def test_link_to_itself_is_nothing():
    async def check(me):
        me.link(me.pid)
        me.unlink(me.pid)
        return me.mailbox

    assert run(check) == ()


def test_monitor_of_a_dead_process_says_noproc():
    async def check(me):
        pid = me.spawn(until_told)
        me.send(pid, "gone")
        await me.sleep(1)
        ref = me.monitor(pid)
        return await me.receive() == Down(pid, "noproc", ref)

    assert run(check)


@pytest.mark.parametrize("name", ["nobody", ("nobody", "0")], ids=["name", "name and node"])
def test_monitor_of_an_unknown_name_says_noproc_about_the_name(name):
    async def check(me):
        ref = me.monitor(name)
        return await me.receive() == Down(("nobody", "0"), "noproc", ref)

    assert run(check)


@pytest.mark.parametrize("name", ["till", ("till", "0")], ids=["name", "name and node"])
def test_monitor_by_name_says_the_name_when_it_fires(name):
    async def check(me):
        me.spawn(until_told, name="till")
        ref = me.monitor(name)
        me.send("till", "boom")
        return await me.receive() == Down(("till", "0"), "boom", ref)

    assert run(check)


def test_two_monitors_are_two_refs_and_two_downs():
    async def check(me):
        pid = me.spawn(until_told)
        refs = [me.monitor(pid), me.monitor(pid)]
        me.send(pid, "boom")
        downs = [await me.receive(), await me.receive()]
        return refs[0] is not refs[1] and [down.ref for down in downs] == refs

    assert run(check)


def test_two_links_are_one_link_and_one_unlink_undoes_it():
    async def check(me):
        me.trap_exit = True
        first, second = me.spawn_link(until_told), me.spawn_link(until_told)
        me.link(first)
        me.link(second)
        me.unlink(second)
        me.send(first, "boom")
        me.send(second, "boom")
        await me.sleep(1)
        return me.mailbox == (ExitSignal(first, "boom"),)

    assert run(check)


def test_unlink_after_the_exit_is_queued_leaves_it_there():
    async def check(me):
        me.trap_exit = True
        pid = me.spawn_link(until_told)
        me.send(pid, "boom")
        await me.sleep(1)
        me.unlink(pid)
        return me.mailbox == (ExitSignal(pid, "boom"),)

    assert run(check)


def test_demonitor_leaves_a_queued_down_and_flush_removes_it():
    async def check(me):
        pid = me.spawn(until_told)
        one, two = me.monitor(pid), me.monitor(pid)
        me.send(pid, "boom")
        await me.sleep(1)
        me.demonitor(one)
        me.demonitor(two, flush=True)
        return [message.ref is one for message in me.mailbox]

    assert run(check) == [True]


def test_what_was_sent_before_the_exit_arrives_before_it():
    async def says_and_goes(me, to):
        me.send(to, "first")
        raise Exit("boom")

    async def check(me):
        me.trap_exit = True
        pid, ref = me.spawn_monitor(says_and_goes, me.pid)
        me.link(pid)
        await me.sleep(1)
        return me.mailbox == ("first", ExitSignal(pid, "boom"), Down(pid, "boom", ref))

    assert run(check)


@pytest.mark.parametrize("monitor_first", [True, False])
def test_the_exit_signal_comes_before_the_down(monitor_first):
    async def check(me):
        me.trap_exit = True
        pid = me.spawn(until_told)
        if monitor_first:
            me.monitor(pid)
        me.link(pid)
        if not monitor_first:
            me.monitor(pid)
        me.send(pid, "boom")
        await me.sleep(1)
        return [type(message) for message in me.mailbox]

    assert run(check) == [ExitSignal, Down]


def test_names_are_free_when_the_down_arrives():
    async def check(me):
        pid = me.spawn(until_told, name="till")
        me.monitor(pid)
        me.send("till", "boom")
        await me.receive(Down)
        return me.whereis("till")

    assert run(check) is None


def test_selective_receive_takes_b_and_leaves_a_c_b():
    async def check(me):
        for word in "abcb":
            me.send(me.pid, word)
        return await me.receive("b"), me.mailbox

    assert run(check) == ("b", ("a", "c", "b"))


def test_selective_receive_takes_the_one_that_matched_and_not_an_equal_one_before_it():
    async def check(me):
        for message in (1, True, 1.0):
            me.send(me.pid, message)
        return [type(await me.receive(float)), *map(type, me.mailbox)]

    assert run(check) == [float, int, bool]


def test_receive_after_0_looks_once():
    async def check(me):
        empty = await me.receive(timeout=0)
        me.send(me.pid, "a")
        wrong, right = await me.receive("b", timeout=0), await me.receive("a", timeout=0)
        return empty, wrong, right, me.now

    assert run(check) == (Timeout(), Timeout(), "a", 0.0)


def test_receive_after_0_does_not_wait_for_what_is_sent_in_the_same_instant():
    async def sends(me, to):
        me.send(to, "egg")

    async def check(me):
        me.spawn(sends, me.pid)
        return await me.receive(timeout=0), await me.receive()

    assert run(check) == (Timeout(), "egg")


def test_who_has_stopped_trapping_exits_like_any_other():
    async def check(me):
        async def linked(me):
            me.trap_exit = True
            me.trap_exit = False
            await me.receive()

        pid, ref = me.spawn_monitor(linked)
        await me.sleep(0)
        me.exit(pid, "boom")
        return await me.receive() == Down(pid, "boom", ref)

    assert run(check)


def test_register_has_three_badargs():
    async def check(me):
        pid, dead = me.spawn(idle, name="till"), me.spawn(until_told)
        me.send(dead, "gone")
        await me.sleep(1)
        for name, who, words in (("till", me.pid, "taken"), ("shelf", pid, "named"), ("shelf", dead, "dead")):
            with pytest.raises(BadArgument, match=words):
                me.register(name, who)
        return me.whereis("till") is pid

    assert run(check)


def test_send_to_an_unknown_name_is_badarg_but_to_a_dead_pid_or_a_name_on_a_node_nothing():
    async def check(me):
        dead = me.spawn(until_told, name="till")
        me.send(dead, "gone")
        await me.sleep(1)
        with pytest.raises(BadArgument, match="no process is registered as 'till'"):
            me.send("till", "hello")
        me.send(dead, "hello")
        me.send(("till", "0"), "hello")
        me.send(("till", "mars"), "hello")
        return "no error"

    assert run(check) == "no error"


def test_t_exit_2_to_a_dead_process_does_nothing():
    async def check(me):
        dead = me.spawn(until_told)
        me.send(dead, "gone")
        await me.sleep(1)
        me.exit(dead, "kill")
        return "no error"

    assert run(check) == "no error"


def test_xm_sig_order_signals_of_one_sender_stay_in_order():
    async def check(me):
        me.trap_exit = True
        others = [me.spawn(idle) for _ in range(3)]
        for number, other in enumerate(others):
            me.send(me.pid, number)
            me.exit(me.pid, ("signal", number))
            me.exit(other, "boom")
        return [message.reason[1] if type(message) is ExitSignal else message for message in me.mailbox]

    assert run(check) == [0, 0, 1, 1, 2, 2]


def test_an_alias_is_an_address_until_it_is_closed():
    async def check(me):
        alias = me.alias()
        me.send(alias, "in time")
        closed = me.unalias(alias), me.unalias(alias)
        me.send(alias, "late")
        return closed, me.mailbox

    assert run(check) == ((True, False), ("in time",))


def test_a_monitor_with_alias_closes_at_the_down_and_at_demonitor():
    async def check(me):
        pid = me.spawn(until_told)
        one, two = me.monitor(pid, alias=True), me.monitor(pid, alias=True)
        me.send(one, "open")
        me.demonitor(one)
        me.send(one, "closed")
        me.send(pid, "boom")
        await me.receive(Down)
        me.send(two, "closed too")
        return me.mailbox

    assert run(check) == ("open",)


@pytest.mark.parametrize("closes", ["unalias", "demonitor"])
def test_an_alias_is_closed_by_its_owner_and_nobody_else(closes):
    async def check(me):
        alias = me.monitor(me.spawn(idle), alias=True)
        me.spawn(stranger, alias)
        await me.sleep(1)
        me.send(alias, "still here")
        heard = [await me.receive(), await me.receive(), getattr(me, closes)(alias)]
        me.send(alias, "too late")
        return heard, me.mailbox

    async def stranger(me, alias):
        me.send(alias, getattr(me, closes)(alias))

    world = World()
    assert world.ask(check) == ([False, "still here", True], ())


def test_a_demonitor_leaves_a_plain_alias_open_and_a_monitor_of_oneself_opens_none():
    async def check(me):
        alias, own = me.alias(), me.monitor(me.pid, alias=True)
        me.demonitor(alias)
        for ref in (alias, own):
            me.send(ref, ref)
        return me.mailbox == (alias,), me.unalias(own)

    assert run(check) == (True, False)


def test_two_links_are_told_once():
    async def check(me):
        pid = me.spawn_link(idle)
        me.link(pid)

    world = World()
    world.ask(check)
    assert len(world.trace.of(ev.Linked)) == 1


def test_who_is_reached_by_two_signals_of_one_fall_exits_once():
    async def linked(me, *others):
        for other in others:
            me.link(other)
        await me.receive()

    world = World()
    first = world.spawn(linked)
    second = world.spawn(linked, first)
    third = world.spawn(linked, first, second)
    world.run()
    world.exit(first, "boom")
    assert [(event.pid, event.reason) for event in world.trace.of(ev.Exited)] == [
        (pid, "boom") for pid in (first, second, third)
    ]


def test_demonitor_says_whether_there_was_something_to_stop_and_leaves_no_trace_of_it():
    async def check(me):
        pid = me.spawn(idle)
        ref = me.monitor(pid)
        said = me.demonitor(ref), me.demonitor(ref)
        return said, [info.watched_by for info in world.processes() if info.pid is pid]

    world = World()
    assert world.ask(check) == ((True, False), [()])


def test_a_monitor_with_alias_of_a_dead_process_is_closed_at_once():
    async def check(me):
        pid = me.spawn(until_told)
        me.send(pid, "gone")
        await me.sleep(1)
        ref = me.monitor(pid, alias=True)
        me.send(ref, "late")
        return [type(message) for message in me.mailbox]

    assert run(check) == [Down]


@pytest.mark.parametrize("keep", [0, None])
def test_what_is_sent_to_a_closed_alias_is_lost_with_a_trace_and_without(keep):
    async def check(me):
        alias = me.alias()
        me.unalias(alias)
        me.send(alias, "late")
        return me.mailbox

    assert World(keep=keep).ask(check) == ()


def test_unregister_frees_the_name_and_the_process_can_have_another():
    async def check(me):
        me.register("till")
        me.unregister("till")
        free = me.whereis("till"), me.name
        me.register("shelf")
        with pytest.raises(BadArgument, match="no process is registered as 'till'"):
            me.unregister("till")
        return free, me.name

    assert run(check) == ((None, None), "shelf")


NO_NAME = "a name is a text that is not empty; got"
NO_PID = "expected a pid"
MISUSES = [
    *(
        (use, nonsense, NO_NAME)
        for use in ("register", "whereis", "unregister")
        for nonsense in ("", 3, None, ["till"])
    ),
    *(
        (use, nonsense, NO_PID)
        for use in ("link", "unlink", "monitor", "is_alive")
        for nonsense in (3, None, ("till", "elsewhere") if use != "monitor" else ("till", "elsewhere", 3))
    ),
]


@pytest.mark.parametrize(("use", "nonsense", "rule"), MISUSES)
def test_what_is_no_name_or_no_pid_is_badarg_and_named(use, nonsense, rule):
    async def check(me):
        with pytest.raises(BadArgument, match=rule) as caught:
            getattr(me, use)(nonsense)
        return repr(nonsense) in str(caught.value)

    assert run(check)


def test_spawn_under_a_name_that_is_taken_starts_nobody():
    async def check(me):
        me.register("till")
        with pytest.raises(BadArgument, match="the name 'till' is taken"):
            me.spawn(idle, name="till")
        return me.whereis("till") is me.pid, len(world.processes())

    world = World()
    assert world.ask(check) == (True, 1)


def test_a_name_on_another_node_is_not_the_name_here():
    async def check(me):
        me.register("till")
        me.send(("till", "mars"), "for mars")
        me.send(("till", "0"), "for us")
        return me.mailbox

    assert run(check) == ("for us",)


def test_an_exit_signal_to_an_unknown_name_is_badarg():
    async def check(me):
        with pytest.raises(BadArgument, match="no process is registered as 'till'"):
            me.exit("till", "boom")
        return "still here"

    assert run(check) == "still here"
