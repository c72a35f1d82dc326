"""OTP's gen_server_SUITE where it applies, and what was observed of calls on OTP 25 (facts, section 1.4)."""

from dataclasses import dataclass

import pytest

from letitcrash import World
from letitcrash.gen_server import (
    After,
    Answer,
    CallFailed,
    Continue,
    GenServer,
    Ignore,
    NoReply,
    Reply,
    Stop,
    call,
    cast,
    reply,
    stop,
)
from letitcrash.process import BadArgument, Exit, ExitSignal, Timeout
from letitcrash.process import events as ev
from letitcrash.process import start as proc_lib
from letitcrash.process.start import StartFailed


class Server(GenServer):
    """Does what its messages say."""

    async def init(self, what=None, traps=False):
        self.me.trap_exit = traps
        self.log = []
        if isinstance(what, Exception):
            raise what
        return what

    async def handle_call(self, request, caller):
        match request:
            case ("sleep", seconds):
                await self.me.sleep(seconds)
                return "slept"
            case ("later", seconds):
                self.me.send_after(seconds, self.me.pid, ("reply", caller))
                return NoReply()
            case ("do", answer):
                return answer
            case "exit":
                raise Exit("told to")
            case "raise":
                raise ValueError("eggs")
            case "log":
                return tuple(self.log)
            case "whoami":
                return self.me.pid

    async def handle_cast(self, message):
        self.log.append(("cast", message))
        if isinstance(message, (After, Continue, NoReply, Stop)):
            return message
        if message == "rubbish":
            return "rubbish"

    async def handle_info(self, message):
        self.log.append(("info", message))
        match message:
            case ("reply", caller):
                reply(self.me, caller, "later")
            case Stop():
                return message
            case _:
                pass

    async def handle_continue(self, what):
        self.log.append(("continue", what))
        if what == "stop":
            return Stop("continued")

    async def terminate(self, reason):
        self.me.node.note(Terminated, self.me.pid, reason)


@dataclass(frozen=True, slots=True)
class Terminated(ev.Event):
    """`terminate` ran."""

    pid: object
    reason: object


def run(body):
    """Run `body(me)` in a world of its own, trapping exits."""
    world = World()

    async def trapping(me):
        me.trap_exit = True
        return await body(me)

    return world.ask(trapping), world


def cause(body):
    """Return why the call in `body(me)` fails."""

    async def catching(me):
        with pytest.raises(CallFailed) as caught:
            await body(me)
        return caught.value.cause

    return run(catching)[0]


def test_start_anonymous_and_local():
    async def check(me):
        anonymous, local = await Server.start(me), await Server.start_link(me, name="shelf")
        with pytest.raises(StartFailed) as caught:
            await Server.start_link(me, name="shelf")
        with pytest.raises(StartFailed) as again:
            await Server.start(me, name="shelf")
        reasons = caught.value.reason, again.value.reason
        return me.whereis("shelf") is local is not anonymous, reasons == (("already_started", local),) * 2

    assert run(check)[0] == (True, True)


def test_start_stop_in_init_fails_and_the_linked_caller_gets_an_exit():
    async def check(me):
        with pytest.raises(StartFailed) as caught:
            await Server.start_link(me, Stop("no eggs"))
        return caught.value.reason, [(type(m), m.reason) for m in me.mailbox], me.whereis("shelf")

    assert run(check)[0] == ("no eggs", [(ExitSignal, "no eggs")], None)


def test_start_ignore_is_ignore_and_exit_normal():
    async def check(me):
        return await Server.start_link(me, Ignore()), [(type(m), m.reason) for m in me.mailbox]

    assert run(check)[0] == (None, [(ExitSignal, "normal")])


def test_start_crash_in_init():
    async def check(me):
        with pytest.raises(StartFailed) as caught:
            await Server.start_link(me, error)
        return caught.value.reason is error and me.mailbox[0].reason is error

    error = ValueError("eggs")
    assert run(check)[0]


def test_start_with_rubbish_from_init():
    async def check(me):
        with pytest.raises(StartFailed) as caught:
            await Server.start(me, "rubbish")
        return caught.value.reason

    assert run(check)[0] == ("bad_return_value", "rubbish")


@pytest.mark.parametrize("start", [proc_lib.start, proc_lib.start_link])
def test_start_timeout_kills_who_is_not_ready_in_time_and_leaves_nothing_behind(start):
    async def slow(me):
        await me.sleep(9)

    async def check(me):
        with pytest.raises(StartFailed) as caught:
            await start(me, slow, name="slow", timeout=2)
        await me.sleep(1)
        return caught.value.reason, me.now, me.whereis("slow"), me.mailbox

    assert run(check)[0] == ("timeout", 3.0, None, ())


@pytest.mark.parametrize("start", [proc_lib.start, proc_lib.start_link])
def test_start_of_one_who_exits_before_it_is_ready_fails_with_its_reason(start):
    async def leaves(me):
        raise Exit("no eggs")

    async def check(me):
        with pytest.raises(StartFailed) as caught:
            await start(me, leaves)
        return caught.value.reason

    assert run(check)[0] == "no eggs"


def test_start_link_of_one_who_does_not_trap_dies_with_the_server():
    async def starter(me):
        await Server.start_link(me, Stop("no eggs"))

    world = World()
    pid = world.spawn(starter)
    world.run()
    reason = next(event.reason for event in world.trace.of(ev.Exited) if event.pid is pid)
    assert reason == "no eggs" or reason.reason == "no eggs"


def test_stop1_stop_is_normal_and_terminate_runs():
    async def check(me):
        await stop(me, await Server.start(me))

    _, world = run(check)
    assert [event.reason for event in world.trace.of(Terminated)] == ["normal"]


def test_stop2_stop_with_a_reason():
    async def check(me):
        pid = await Server.start_link(me)
        await stop(me, pid, "bored")
        return [(type(m), m.reason) for m in me.mailbox]

    assert run(check)[0] == [(ExitSignal, "bored")]


def test_stop3_stop_by_name():
    async def check(me):
        await Server.start(me, name="shelf")
        await stop(me, "shelf")
        return me.whereis("shelf")

    assert run(check)[0] is None


def test_stop4_stop_of_nobody_is_noproc():
    async def check(me):
        await stop(me, "nobody")

    assert cause(check) == "noproc"


def test_stop5_stop_with_a_time_out():
    async def check(me):
        pid = await Server.start(me)
        cast(me, pid, After(0))
        me.send(pid, "info")
        other = await Server.start(me)
        me.spawn(_ask_forever, other)
        await me.sleep(0)
        await stop(me, other, timeout=1)

    async def _ask_forever(me, server):
        await call(me, server, ("sleep", 99), None)

    assert cause(check) == "timeout"


def test_stop10_stop_in_a_handler_with_a_reply_terminates_then_replies():
    async def check(me):
        pid = await Server.start_link(me)
        answer = await call(me, pid, ("do", Stop("enough", reply="goodbye")))
        await me.sleep(0)
        return answer, [m.reason for m in me.mailbox]

    result, world = run(check)
    assert result == ("goodbye", ["enough"])
    kinds = [
        type(e) for e in world.trace if isinstance(e, Terminated) or getattr(e, "message", None).__class__ is Answer
    ]
    assert kinds == [Terminated, ev.Sent, ev.Received]


def test_crash_terminate_sees_the_exception_and_so_do_the_links():
    async def check(me):
        pid = await Server.start_link(me)
        with pytest.raises(CallFailed) as caught:
            await call(me, pid, "raise")
        return caught.value.cause, me.mailbox[0].reason

    (cause_, reason), world = run(check)
    assert isinstance(cause_, ValueError) and reason is cause_
    assert [event.reason for event in world.trace.of(Terminated)] == [cause_]


def test_call():
    async def check(me):
        pid = await Server.start(me, name="shelf")
        later = await call(me, pid, ("later", 1))
        return await call(me, "shelf", "whoami") is pid, later, await call(me, pid, ("sleep", 4.9)), me.mailbox

    assert run(check)[0] == (True, "later", "slept", ())


def test_call_default_timeout_is_5_s():
    async def check(me):
        began = me.now
        with pytest.raises(CallFailed) as caught:
            await call(me, await Server.start(me), ("sleep", 5.1))
        return caught.value.cause, me.now - began, caught.value.reason[1][0]

    assert run(check)[0] == ("timeout", 5.0, "call")


@pytest.mark.parametrize("seconds", [-1, "soon"])
def test_call_with_a_bad_time_out_asks_nobody(seconds):
    world = World()
    pid = world.start(Server)
    with pytest.raises(BadArgument, match=f"a time-out is a number of seconds, 0 or more; got {seconds!r}"):
        world.ask(call, pid, ("do", 1), timeout=seconds)
    assert world.is_alive(pid) and not [sent for sent in world.trace.of(ev.Sent) if sent.receiver is pid]


def test_call_to_nobody_is_noproc():
    async def dead(me):
        pid = await Server.start(me)
        await stop(me, pid)
        await call(me, pid, "log")

    async def unknown(me):
        await call(me, "nobody", "log")

    assert (cause(dead), cause(unknown)) == ("noproc", "noproc")


def test_call_to_one_that_dies_meanwhile_has_its_reason():
    async def check(me):
        await call(me, await Server.start(me), "exit")

    assert cause(check) == "told to"


def test_call_to_one_that_stops_normally_without_a_reply_is_normal():
    async def check(me):
        await call(me, await Server.start(me), ("do", Stop("normal")))

    assert cause(check) == "normal"


def test_call_remote_to_a_node_that_is_not_there_is_nodedown_and_a_cast_is_ok():
    async def check(me):
        cast(me, ("shelf", "shop@elsewhere"), "egg")
        await call(me, ("shelf", "shop@elsewhere"), "count")

    async def at_home(me):
        await Server.start(me, name="shelf")
        cast(me, ("shelf", me.node.name), "egg")
        return await call(me, ("shelf", me.node.name), "log")

    assert cause(check) == ("nodedown", "shop@elsewhere")
    assert run(at_home)[0] == (("cast", "egg"),)


def test_calling_self():
    async def check(me):
        await call(me, me.pid, "hello")

    assert cause(check) == "calling_self"


def test_cast_is_always_ok():
    async def check(me):
        pid = await Server.start(me, name="shelf")
        for server in (pid, "shelf"):
            cast(me, server, "egg")
        log = await call(me, pid, "log")
        await stop(me, pid)
        for server in (pid, "shelf", "nobody"):
            cast(me, server, "egg")
        return log

    assert run(check)[0] == (("cast", "egg"), ("cast", "egg"))


@pytest.mark.parametrize("nonsense", [3, None, (3, "mars")])
def test_cast_to_what_is_no_address_names_it(nonsense):
    async def check(me):
        with pytest.raises(BadArgument) as caught:
            cast(me, nonsense, "egg")
        return repr(nonsense) in str(caught.value)

    assert run(check)[0]


def test_call_whose_connection_is_lost_is_nodedown():
    async def check(me):
        await call(me, await Server.start(me), ("do", Stop("noconnection")))

    assert cause(check) == ("nodedown", "0")


def test_stop_of_oneself_is_calling_self():
    async def check(me):
        await stop(me, me.pid)

    assert cause(check) == "calling_self"


def test_stop_that_timed_out_and_start_leave_no_down_behind():
    async def check(me):
        pid = await Server.start(me)
        me.send(me.spawn(_asks, pid), "go")
        await me.sleep(0)
        with pytest.raises(CallFailed):
            await stop(me, pid, timeout=1)
        await me.sleep(5)
        return me.is_alive(pid), me.mailbox

    async def _asks(me, pid):
        await call(me, pid, ("sleep", 3))

    assert run(check)[0] == (False, ())


def test_info_and_timeouts():
    async def check(me):
        pid = await Server.start(me, After(2))
        await me.sleep(3)
        cast(me, pid, After(1))
        await me.sleep(0.5)
        me.send(pid, "hello")
        await me.sleep(3)
        return await call(me, pid, "log")

    assert run(check)[0] == (("info", Timeout()), ("cast", After(1)), ("info", "hello"))


def test_continue_runs_before_any_message():
    async def check(me):
        pid = await Server.start(me, Continue("first"))
        me.send(pid, "second")
        await call(me, pid, ("do", Reply("yes", then=Continue("third"))))
        cast(me, pid, Continue("fourth"))
        return await call(me, pid, "log")

    log = run(check)[0]
    assert log == (
        ("continue", "first"),
        ("info", "second"),
        ("continue", "third"),
        ("cast", Continue("fourth")),
        ("continue", "fourth"),
    )


def test_no_reply_says_what_is_next_after_a_cast_too():
    async def check(me):
        pid = await Server.start(me)
        cast(me, pid, NoReply(After(1)))
        await me.sleep(2)
        return await call(me, pid, "log")

    assert run(check)[0] == (("cast", NoReply(After(1))), ("info", Timeout()))


def test_continue_can_stop():
    async def check(me):
        await Server.start_link(me, Continue("stop"))
        return (await me.receive(ExitSignal)).reason

    assert run(check)[0] == "continued"


def test_bad_return_value_stops_the_server():
    async def check(me):
        pid = await Server.start_link(me)
        cast(me, pid, "rubbish")
        return (await me.receive(ExitSignal)).reason

    assert run(check)[0] == ("bad_return_value", "rubbish")


@pytest.mark.parametrize("then", [After(1), Continue("x")])
def test_a_call_that_is_answered_with_what_next_is_a_bad_return_value_and_says_what_to_return(then):
    async def check(me):
        pid = await Server.start(me)
        with pytest.raises(CallFailed) as caught:
            await call(me, pid, ("do", then))
        return caught.value.cause

    (name, value, rule), world = run(check)
    assert (name, value) == ("bad_return_value", then) and [event.reason for event in world.trace.of(Terminated)]
    assert f"return Reply(answer, {then}) or NoReply({then})" in rule


@pytest.mark.parametrize("answer", [Reply("yes", then="rubbish"), NoReply("rubbish")])
def test_what_comes_next_after_a_call_is_after_or_continue_and_nothing_else(answer):
    async def check(me):
        pid = await Server.start_link(me)
        cast(me, pid, "first")
        me.spawn(_asks, pid)
        return (await me.receive(ExitSignal)).reason

    async def _asks(me, pid):
        await call(me, pid, ("do", answer))

    assert run(check)[0] == ("bad_return_value", "rubbish")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("call", Reply("yes", Stop("bye"))), ("call", NoReply(Stop("bye"))), ("cast", NoReply(Stop("bye")))],
)
def test_a_stop_stands_alone_and_is_no_part_of_a_reply_as_in_otp(kind, answer):
    """OTP has {reply, R, S, timeout | {continue, _}} and {stop, Reason, R, S}, and nothing that is both."""

    async def check(me):
        pid = await Server.start_link(me)
        me.spawn(_asks, pid)
        return (await me.receive(ExitSignal)).reason

    async def _asks(me, pid):
        if kind == "call":
            await call(me, pid, ("do", answer))
        cast(me, pid, answer)

    word, value, rule = run(check)[0]
    assert (word, value) == ("bad_return_value", Stop("bye")) and "return Stop(reason)" in rule


def test_exit_of_the_parent_terminates_and_of_others_is_info():
    async def check(me):
        pid = await Server.start_link(me, None, True)
        stranger = me.spawn(_exits, pid)
        await me.sleep(1)
        log = await call(me, pid, "log")
        me.exit(pid, "bedtime")
        return log == (("info", ExitSignal(stranger, "boom")),), (await me.receive(ExitSignal)).reason

    async def _exits(me, pid):
        me.exit(pid, "boom")

    result, world = run(check)
    assert result == (True, "bedtime")
    assert [event.reason for event in world.trace.of(Terminated)] == ["bedtime"]


def test_a_server_started_without_a_link_has_no_parent_whose_exit_could_terminate_it():
    class Alone(GenServer):
        async def init(self, starter):
            self.me.trap_exit, self.heard = True, None
            self.me.link(starter)

        async def handle_info(self, message):
            self.heard = message.reason

        async def handle_call(self, request, caller):
            return self.heard

    async def starter(me, started):
        started.append(await Alone.start(me, me.pid))
        raise Exit("boom")

    world, started = World(), []
    world.spawn(starter, started)
    world.run()
    assert world.ask(call, started[0], "heard?") == "boom"


def test_a_late_reply_is_dropped():
    async def check(me):
        pid = await Server.start(me)
        with pytest.raises(CallFailed):
            await call(me, pid, ("later", 2), timeout=1)
        await me.sleep(5)
        return me.mailbox

    result, world = run(check)
    assert result == () and len(world.trace.of(ev.Dropped)) == 1


def test_without_alias_a_late_reply_turns_up_as_before_otp_24():
    async def check(me):
        pid = await Server.start(me)
        with pytest.raises(CallFailed):
            await call(me, pid, ("later", 2), timeout=1, alias=False)
        await me.sleep(5)
        return [(type(message), message.value) for message in me.mailbox]

    assert run(check)[0] == [(Answer, "later")]


def test_call_with_huge_message_queue_looks_only_at_what_is_new():
    looked = 0

    class Junk:
        @property
        def ref(self):
            nonlocal looked
            looked += 1

    async def check(me):
        pid = await Server.start(me)
        for _ in range(1000):
            me.send(me.pid, Junk())
        return await call(me, pid, ("do", "yes")), len(me.mailbox)

    assert run(check)[0] == ("yes", 1000) and looked == 0


def test_undef_handle_call_and_handle_cast_crash_and_handle_info_does_not():
    class Bare(GenServer):
        pass

    async def check(me):
        first, second = await Bare.start(me), await Bare.start_link(me)
        me.send(second, "anything")
        cast(me, second, "egg")
        crash = (await me.receive(ExitSignal)).reason
        await call(me, first, "eggs?")
        return crash

    async def both(me):
        with pytest.raises(CallFailed) as caught:
            await check(me)
        return caught.value.cause

    found = run(both)[0]
    assert isinstance(found, NotImplementedError) and "Bare has no handle_call, and was asked 'eggs?'" in str(found)


def test_a_terminate_that_crashes_gives_its_own_reason():
    class Sore(GenServer):
        async def terminate(self, reason):
            raise ValueError("sore")

    async def check(me):
        pid = await Sore.start(me)
        await stop(me, pid)

    assert isinstance(cause(check), ValueError)


def test_a_terminate_that_crashes_keeps_no_answer_back():
    class Sore(Server):
        async def terminate(self, reason):
            raise ValueError("sore")

    async def check(me):
        return await call(me, await Sore.start(me), ("do", Stop("enough", reply="goodbye")))

    assert run(check)[0] == "goodbye"
