"""GenServer: a server reads as what it does; the rest is in tests/conformance/test_gen_server_suite.py."""

import pytest

from letitcrash import World
from letitcrash.gen_server import CallFailed, GenServer, NoReply, Stop, call, cast, reply, serve
from letitcrash.process import BadArgument
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
