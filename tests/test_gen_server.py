"""GenServer: a server reads as what it does; the rest is in tests/conformance/test_gen_server_suite.py."""

import functools
import traceback
from pathlib import Path

import pytest

from letitcrash import World
from letitcrash.gen_server import (
    After,
    CallFailed,
    Cast,
    FunctionClause,
    GenServer,
    Ignore,
    NoReply,
    Reply,
    StartFailed,
    Stop,
    call,
    cast,
    reply,
    serve,
    stop,
)
from letitcrash.process import BadArgument, NoProcess, Process
from letitcrash.process import events as ev
from letitcrash.supervisor import Child, Supervisor


class Shelf(GenServer):
    async def init(self, eggs):
        self.eggs = eggs
        self.waiting = []

    async def handle_call(self, request, caller):
        match request:
            case "count":
                return self.eggs
            case "take" if self.eggs:
                self.eggs -= 1
                return "egg"
            case "take":
                self.waiting.append(caller)
                return NoReply()

    async def handle_cast(self, message):
        match message:
            case ("put", eggs):
                self.eggs += eggs
                while self.waiting and self.eggs:
                    self.eggs -= 1
                    reply(self.me, self.waiting.pop(0), "egg at last")
            case "close":
                return Stop("shutdown")


async def customer(me, shelf):
    return await call(me, shelf, "take", timeout=60)


def test_a_server_answers_and_keeps_its_state():
    world = World()
    shelf = world.start(Shelf, 2, name="shelf")
    assert [world.ask(customer, "shelf") for _ in range(2)] == ["egg", "egg"]
    assert world.ask(call, shelf, "count") == 0


def test_an_answer_can_come_later_from_another_message():
    world = World()
    shelf = world.start(Shelf, 0)
    world.at(3, world.node.spawn, _puts, (shelf, 1))
    assert world.ask(customer, shelf) == "egg at last" and world.now == 3


async def _puts(me, shelf, eggs):
    cast(me, shelf, ("put", eggs))


def test_calling_is_back_pressure_a_caller_has_one_question_open():
    async def slow(me):
        while True:
            await me.receive()

    async def eager(me, server):
        for _ in range(100):
            await call(me, server, "anything", timeout=None)

    world = World()
    server = world.spawn(slow)
    world.spawn(eager, server)
    world.run(until=100)
    assert len([event for event in world.trace.of(ev.Sent) if event.receiver is server]) == 1


def test_a_call_that_fails_ends_the_caller_with_the_question_in_its_reason():
    async def caller(me, server):
        await call(me, server, "count", timeout=1)

    async def mute(me):
        while True:
            await me.receive()

    world = World()
    server = world.spawn(mute)
    pid = world.spawn(caller, server)
    world.run()
    reason = next(event.reason for event in world.trace.of(ev.Exited) if event.pid is pid)
    assert reason == ("timeout", ("call", server, "count"))


def test_a_callback_that_is_not_async_is_refused_when_the_class_is_written():
    with pytest.raises(TypeError, match=r"Till\.handle_call must be `async def`"):

        class Till(GenServer):
            def handle_call(self, request, caller):
                return 1


def test_a_question_without_an_answer_is_a_crash_that_names_it():
    class Deaf(GenServer):
        pass

    world = World()
    deaf = world.start(Deaf)
    with pytest.raises(CallFailed) as caught:
        world.ask(call, deaf, "eggs?")
    assert "Deaf has no handle_call, and was asked 'eggs?'" in str(caught.value.cause)


def test_a_reply_to_what_is_no_caller_is_named():
    async def replies(me):
        reply(me, me.pid, "egg")

    with pytest.raises(BadArgument, match=r"reply takes the `caller` .* got <0.1 passer-by>"):
        World().ask(replies)


def test_a_server_is_shown_in_the_trace_by_its_class():
    world = World()
    assert repr(world.start(Shelf, 1)) == "<0.3 Shelf>"


def test_a_server_and_a_supervisor_live_by_another_loop_when_they_are_given_one():
    lived = []

    async def chatty(server, then):
        lived.append(type(server).__name__)
        await serve(server, then)

    world = World()
    world.start(Supervisor.with_loop(chatty)([Child("shelf", Shelf.with_loop(chatty), args=(3,), name="shelf")]))
    assert world.ask(call, "shelf", "count") == 3
    assert sorted(lived) == ["Shelf", "StaticSupervisor"]
    assert Shelf.serve is serve, "the class itself is as it was"


# A message that no case fits


class Counts(GenServer):
    async def init(self):
        self.eggs = 12

    async def handle_call(self, request, caller):
        match request:
            case "count":
                return self.eggs
            case ("put", eggs):
                self.eggs += eggs

    async def handle_cast(self, message):
        match message:
            case ("take", eggs):
                self.eggs -= eggs

    async def handle_continue(self, what):
        match what:
            case "count":
                self.eggs = 13


class HearsOfEggs(Counts):
    async def handle_info(self, message):
        match message:
            case "eggs":
                self.eggs += 1


def end_of(world, pid):
    """The reason with which a process has exited."""
    return next(event.reason for event in world.trace.of(ev.Exited) if event.pid is pid)


def test_an_unknown_call_crashes_the_server_and_the_caller_hears_of_it():
    world = World()
    shelf = world.start(Counts)
    with pytest.raises(CallFailed) as caught:
        world.ask(call, shelf, "cuont")
    assert repr(caught.value.cause) == """FunctionClause("Counts.handle_call has no case for 'cuont'")"""
    assert not world.is_alive(shelf) and type(end_of(world, shelf)) is FunctionClause


def logged(callback):
    """As decorators are written, with `wraps` and without."""

    @functools.wraps(callback)
    async def inside(self, *arguments):
        return await callback(self, *arguments)

    return inside


def timed(limit):
    def decorator(callback):
        async def inside(self, *arguments):
            self.limit = limit
            return await callback(self, *arguments)

        return inside

    return decorator


@pytest.mark.parametrize("decorators", [(logged,), (timed(3),), (logged, timed(3)), (timed(3), logged, logged)])
def test_an_unknown_call_crashes_a_server_whose_callback_is_decorated(decorators):
    decorate = lambda callback: functools.reduce(lambda made, decorator: decorator(made), decorators, callback)

    class Decorated(GenServer):
        @decorate
        async def handle_call(self, request, caller):
            match request:
                case "count":
                    return 12

    world = World()
    shelf = world.start(Decorated)
    assert world.ask(call, shelf, "count") == 12
    with pytest.raises(CallFailed, match=r"Decorated\.handle_call has no case for 'cuont'"):
        world.ask(call, shelf, "cuont")


def test_a_case_that_fits_may_return_nothing():
    world = World()
    shelf = world.start(Counts)
    assert world.ask(call, shelf, ("put", 3)) is None and world.ask(call, shelf, "count") == 15


@pytest.mark.parametrize("how", ["cast", "send"])
def test_an_unknown_cast_or_message_crashes_a_server_that_matches_them(how):
    async def tells(me, shelf):
        me.trap_exit = True
        (cast if how == "cast" else Process.send)(me, shelf, "egsg")

    world = World()
    shelf = world.start(HearsOfEggs)
    world.ask(tells, shelf)
    world.run()
    assert str(end_of(world, shelf)).endswith("has no case for 'egsg'")


def test_an_unknown_message_does_nothing_to_a_server_without_handle_info():
    world = World()
    shelf = world.start(Counts)
    world.send(shelf, "egsg")
    assert world.ask(call, shelf, "count") == 12


def test_a_last_case_of_ones_own_decides():
    class Polite(GenServer):
        async def handle_call(self, request, caller):
            match request:
                case "count":
                    return 12
                case _:
                    return "pardon?"

        async def handle_cast(self, message):
            match message:
                case "eggs" | _:
                    pass

    world = World()
    polite = world.start(Polite)
    assert world.ask(call, polite, "cuont") == "pardon?"
    world.send(polite, Cast("anything"))
    assert world.ask(call, polite, "count") == 12


def test_a_match_that_is_not_the_end_or_not_of_the_message_stays_as_python_has_it():
    class Notes(GenServer):
        async def init(self):
            self.mood = "good"

        async def handle_call(self, request, caller):
            match request:
                case "grumble":
                    self.mood = "bad"
            return self.mood

        async def handle_cast(self, message):
            match self.mood:
                case "bad":
                    raise ValueError(message)

    world = World()
    notes = world.start(Notes)
    assert world.ask(call, notes, "anything") == "good"
    world.send(notes, Cast("anything"))
    assert world.ask(call, notes, "grumble") == "bad"


def test_inner_matches_and_branches_at_the_end_are_of_the_same_kind():
    class Deep(GenServer):
        __eggs, bound = 12, 7

        async def handle_call(self, request, caller):
            if self.bound:
                match self.__eggs, request:
                    case (12, "count"):
                        return await super().handle_call(request, caller) if self.bound > 7 else self.__eggs

    world = World()
    assert world.ask(call, world.start(Deep), "count") == 12
    with pytest.raises(CallFailed, match=r"Deep\.handle_call has no case for 'cuont'"):
        world.ask(call, world.start(Deep), "cuont")


def test_a_match_of_a_part_of_the_message_is_a_match_of_it():
    class Parts(GenServer):
        async def handle_call(self, request, caller, /):
            match request[0]:
                case "count":
                    return 12

    world = World()
    assert world.ask(call, world.start(Parts), ("count",)) == 12
    with pytest.raises(CallFailed, match=r"Parts\.handle_call has no case for \('cuont',\)"):
        world.ask(call, world.start(Parts), ("cuont",))


def test_the_traceback_of_an_unknown_request_points_to_the_last_case():
    world = World()
    shelf = world.start(Counts)
    with pytest.raises(CallFailed) as caught:
        world.ask(call, shelf, "cuont")
    last = caught.value.__cause__.__traceback__
    while last.tb_next:
        last = last.tb_next
    assert Path(__file__).read_text().splitlines()[last.tb_lineno - 1].strip() == 'case ("put", eggs):'


# Values that a callback cannot have meant


class Returns(GenServer):
    async def init(self, first=None):
        return first

    async def handle_call(self, request, caller):
        return call(self.me, "shelf", "count") if request == "forgotten" else request

    async def handle_cast(self, message):
        return message


MEANT_OTHERWISE = {
    "stop_class": (Stop, "this is the class: return Stop(...)"),
    "no_reply_class": (NoReply, "this is the class: return NoReply(...)"),
    "after_class": (After, "this is the class: return After(...)"),
    "reply": (("reply", 3, "state"), "how Erlang writes it"),
    "reply_and_time": (("reply", 3, "state", 5000), "how Erlang writes it"),
    "reply_alone": (("reply", 3), "how Erlang writes it"),
    "noreply": (("noreply", "state"), "how Erlang writes it"),
    "noreply_alone": (("noreply",), "how Erlang writes it"),
    "stop": (("stop", "normal", "state"), "how Erlang writes it"),
    "stop_alone": (("stop", "normal"), "how Erlang writes it"),
    "forgotten": ("forgotten", r"nobody awaited it: return await call\(...\)"),
}


@pytest.mark.parametrize("name", MEANT_OTHERWISE)
def test_an_answer_that_means_something_else_in_otp_is_refused_in_words(name):
    value, words = MEANT_OTHERWISE[name]
    world = World()
    with pytest.raises(CallFailed, match=words) as caught:
        world.ask(call, world.start(Returns), value)
    assert caught.value.cause[0] == "bad_return_value"


@pytest.mark.parametrize("value", [("reply",), ("stop",), ("error", "no eggs", 3), ("eggs", 3, 4), (), int])
def test_other_tuples_and_classes_are_answers(value):
    world = World()
    assert world.ask(call, world.start(Returns), value) == value


def test_an_answer_that_looks_like_erlang_is_given_with_reply():
    world = World()
    assert world.ask(call, world.start(Returns), Reply(("reply", 3, "state"))) == ("reply", 3, "state")


@pytest.mark.parametrize("value", [Stop, ("noreply", "state"), "eggs", 3])
def test_a_cast_that_returns_what_is_no_next_step_crashes(value):
    world = World()
    server = world.start(Returns)
    world.send(server, Cast(value))
    world.run()
    assert end_of(world, server)[:2] == ("bad_return_value", value)


@pytest.mark.parametrize("value", [Ignore, Stop, ("ok", "state"), "eggs"])
def test_an_init_that_returns_what_is_no_next_step_fails(value):
    with pytest.raises(StartFailed) as caught:
        World().start(Returns, value)
    assert caught.value.reason[:2] == ("bad_return_value", value)


# Starting and stopping


class SlowToOpen(GenServer):
    async def init(self, seconds, *, eggs=12):
        self.eggs = eggs
        await self.me.sleep(seconds)

    async def handle_call(self, request, caller):
        return self.eggs


@pytest.mark.parametrize("start", ["start", "start_link"])
def test_the_time_out_of_a_start_belongs_to_the_start(start):
    async def opens(me):
        me.trap_exit = True
        with pytest.raises(StartFailed) as caught:
            await getattr(SlowToOpen, start)(me, 3, timeout=2, name="shelf")
        left = me.now, caught.value.reason, me.whereis("shelf"), me.mailbox
        shelf = await getattr(SlowToOpen, start)(me, 1, timeout=2, name="shelf", eggs=3)
        return left, await call(me, shelf, "count")

    assert World().ask(opens) == ((2.0, "timeout", None, ()), 3)


@pytest.mark.parametrize("argument", ["name", "timeout"])
def test_an_init_that_takes_an_argument_of_start_link_is_refused(argument):
    with pytest.raises(TypeError, match=f"cannot take '{argument}': start_link keeps that argument for itself"):
        type("Bad", (GenServer,), {"init": INITS[argument]})


async def _takes_name(self, name):
    pass


async def _takes_timeout(self, *, timeout=3):
    pass


INITS = {"name": _takes_name, "timeout": _takes_timeout}


@pytest.mark.parametrize("address", ["pid", "name"])
def test_a_server_that_has_left_cannot_be_stopped(address):
    world = World()
    shelf = world.start(Counts, name="shelf")
    world.stop(shelf)
    with pytest.raises(CallFailed) as caught:
        world.ask(stop, shelf if address == "pid" else "shelf")
    assert caught.value.cause == "noproc"


def test_a_tree_that_has_left_cannot_be_stopped():
    world = World()
    shelf = world.start(Counts)
    world.stop(shelf)
    with pytest.raises(NoProcess, match="has stopped already"):
        world.stop(shelf)


# Crashes show where


def test_a_failed_call_is_raised_from_the_crash_of_the_server_and_its_line():
    class Clerk(GenServer):
        async def handle_call(self, request, caller):
            return {}[request]  # the line

    class Till(GenServer):
        async def handle_call(self, request, caller):
            return await call(self.me, "clerk", request)

    world = World()
    world.start(Clerk, name="clerk")
    with pytest.raises(CallFailed) as caught:
        world.ask(call, world.start(Till), "eggs")
    text = "".join(traceback.format_exception(caught.value))
    assert isinstance(caught.value.__cause__, KeyError) and "return {}[request]  # the line" in text


def test_a_failed_start_is_raised_from_the_error_in_init_and_its_line():
    class Opens(GenServer):
        async def init(self, eggs):
            self.boxes = 12 // eggs  # the line

    tree = Supervisor([Child("floor", Supervisor([Child("shelf", Opens, args=(0,))]))])
    with pytest.raises(StartFailed) as caught:
        World().start(tree)
    text = "".join(traceback.format_exception(caught.value))
    assert isinstance(caught.value.__cause__, ZeroDivisionError) and "12 // eggs  # the line" in text


def test_a_failure_without_an_error_has_no_cause():
    world = World()
    with pytest.raises(CallFailed) as caught:
        world.ask(call, "shelf", "count")
    assert caught.value.cause == "noproc" and caught.value.__cause__ is None


class RepliesTwice(GenServer):
    async def handle_call(self, request, caller):
        reply(self.me, caller, "first")
        reply(self.me, caller, "second")
        return NoReply()


@pytest.mark.parametrize(("alias", "left"), [(True, []), (False, ["second"])])
def test_a_second_reply_to_one_call_is_dropped_and_before_otp_24_it_stayed(alias, left):
    async def asks(me, server):
        me.send(me.pid, "other post")
        first = await call(me, server, "eggs?", alias=alias)
        return first, [getattr(message, "value", message) for message in me.mailbox]

    world = World()
    assert world.ask(asks, world.start(RepliesTwice)) == ("first", ["other post", *left])


def test_an_answer_and_then_a_reply_is_a_second_reply():
    class Both(GenServer):
        async def handle_call(self, request, caller):
            reply(self.me, caller, "first")
            return "second"

    async def asks(me, server):
        return [await call(me, server, "eggs?") for _ in range(2)], me.mailbox

    world = World()
    assert world.ask(asks, world.start(Both)) == (["first", "first"], ())
