"""OTP's own supervisor_SUITE, case by case: each test bears the name of the case it stands for (OTP 25.2.3)."""

import math

import pytest
from stage import Echo, Stage, Starts, child, worker

from letitcrash.gen_server import Ignore, cast
from letitcrash.process import events as ev
from letitcrash.supervisor import (
    BadFlags,
    BadSpec,
    Child,
    Flags,
    Supervisor,
    restart_child_info,
    start_child,
    start_child_info,
    tree,
)


def told(init):
    """A supervisor whose init is this function."""
    return type("Told", (Supervisor,), {"init": lambda self: init()})()


def fails_after_first():
    return Starts("ok", "fail")


def test_sup_start_normal():
    stage = Stage([])
    assert stage.is_up()
    stage.shutdown()
    assert stage.exits == [(stage.top, "shutdown")]


def test_sup_start_ignore_init():
    stage = Stage(told(Ignore))
    assert stage.top is None and stage.error is None
    assert [reason for _, reason in stage.exits] == ["normal"]


def test_sup_start_ignore_child():
    stage = Stage([child("ignored", start=Starts("ignore")), child("good")])
    assert stage.children()["ignored"] is None
    assert stage.counts() == [2, 1, 0, 2]


def test_sup_start_ignore_temporary_child():
    stage = Stage([child("ignored", "temporary", Starts("ignore")), child("good")])
    assert list(stage.children()) == ["good"] and stage.counts() == [1, 1, 0, 1]


def test_sup_start_ignore_permanent_child_start_child():
    stage = Stage([child("good")])
    assert stage.ask("start_child", child("ignored", start=Starts("ignore"))) is None
    assert stage.children()["ignored"] is None and stage.counts() == [2, 1, 0, 2]


def test_sup_start_ignore_temporary_child_start_child():
    stage = Stage([child("good")])
    assert stage.ask("start_child", child("ignored", "temporary", Starts("ignore"))) is None
    assert stage.counts() == [1, 1, 0, 1]


@pytest.mark.parametrize("restart", ["temporary", "permanent"])
def test_sup_start_ignore_child_start_child_simple(restart):
    stage = Stage([child("template", restart, Starts("ok", "ignore"))], strategy="simple_one_for_one")
    assert stage.ask("start_child", ()) is not None
    assert stage.ask("start_child", ()) is None
    assert stage.counts() == [1, 1, 0, 1]
    stage.shutdown()
    assert stage.reason() == "shutdown"


def test_sup_start_error_return():
    stage = Stage(told(lambda: "rubbish"))
    assert stage.error == ("bad_return", "rubbish")
    assert [reason for _, reason in stage.exits] == [stage.error]


def test_sup_start_fail():
    boom = ValueError("eggs")

    def init():
        raise boom

    stage = Stage(told(init))
    assert stage.error == boom and [reason for _, reason in stage.exits] == [boom]


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        (None, ("bad_return", None)),
        ((Flags(), [], 1), ("bad_return", (Flags(), [], 1))),
        (("one_for_one", []), ("supervisor_data", ("invalid_type", "one_for_one"))),
        ((Flags(), 3), ("start_spec", ("invalid_children", 3))),
    ],
)
def test_sup_start_error_return_names_what_init_returned(returned, reason):
    assert Stage(told(lambda: returned)).error == reason


@pytest.mark.parametrize(
    ("strategy", "children", "reason"),
    [
        ("one_for_one", ["junk"], ("start_spec", ("invalid_child_spec", "junk"))),
        ("one_for_one", [child("a"), child("a")], ("start_spec", ("duplicate_child_name", "a"))),
        ("simple_one_for_one", ["junk"], ("start_spec", ("invalid_child_spec", "junk"))),
        ("simple_one_for_one", [], ("bad_start_spec", ())),
        ("simple_one_for_one", [child("a"), child("b")], ("bad_start_spec", (child("a"), child("b")))),
    ],
)
def test_sup_start_with_bad_children_from_init(strategy, children, reason):
    stage = Stage(told(lambda: (Flags(strategy), children)))
    assert stage.error == reason and [why for _, why in stage.exits] == [reason]


def test_sup_start_goes_by_the_strategy_that_init_returns():
    stage = Stage(told(lambda: (Flags("simple_one_for_one"), [child("t")])))
    assert stage.counts() == [1, 0, 0, 0]
    assert stage.ask("start_child", ()) is stage.pids()[0] and stage.counts() == [1, 1, 0, 1]


def test_sup_start_restart_child_returns_error():
    stage = Stage([child("a", start=fails_after_first())])
    stage.ask("terminate_child", "a")
    assert stage.ask("restart_child", "a") == ("error", "no_eggs")
    assert stage.children() == {"a": None}


def test_sup_start_child_returns_error():
    stage = Stage([])
    bad = child("bad", start=Starts("fail"))
    assert stage.ask("start_child", bad) == ("error", ("no_eggs", bad))
    assert stage.children() == {}


def test_sup_start_child_returns_error_simple():
    stage = Stage([child("t", start=Starts("fail"))], strategy="simple_one_for_one")
    assert stage.ask("start_child", ()) == ("error", "no_eggs")
    assert stage.children() == {}


def test_sup_start_child_that_raises():
    class Raises:
        async def start_link(self, me):
            raise boom

    boom, stage = ValueError("eggs"), Stage([])
    bad = child("bad", start=Raises())
    assert stage.ask("start_child", bad) == ("error", (boom, bad)) and stage.is_up()
    assert Stage([bad]).error == ("shutdown", ("failed_to_start_child", "bad", boom))


def test_sup_start_child_under_a_name_that_is_taken():
    stage = Stage([child("a", start=Echo, name="echo")])
    again = child("b", start=Echo, name="echo")
    assert stage.ask("start_child", again) == ("error", ("already_started", stage.pid("a")))
    assert list(stage.children()) == ["a"]


def test_sup_start_map():
    stage = Stage([Child("a", worker), Child("sub", Supervisor())])
    flags, spec = Flags(), stage.ask("get_childspec", "a")
    assert (flags.strategy, flags.intensity, flags.period, flags.auto_shutdown) == ("one_for_one", 1, 5, "never")
    assert (spec.restart, spec.shutdown, spec.type, spec.significant) == ("permanent", 5.0, "worker", False)
    spec = stage.ask("get_childspec", "sub")
    assert (spec.shutdown, spec.type) == (math.inf, "supervisor")
    assert stage.ask("get_childspec", "nobody") == ("error", "not_found")


def test_sup_start_map_simple():
    stage = Stage([Child("t", worker)], strategy="simple_one_for_one")
    pid = stage.ask("start_child", ())
    assert stage.ask("get_childspec", "t") == stage.ask("get_childspec", pid) == Child("t", worker)
    assert stage.ask("get_childspec", "u") == ("error", "not_found")


def test_sup_start_map_faulty_specs():
    with pytest.raises(TypeError, match="id"):
        Child(start=worker)
    with pytest.raises(TypeError, match="start"):
        Child("a")
    with pytest.raises(BadSpec, match="a child is written Child") as caught:
        Supervisor(["junk"])
    assert caught.value.reason == ("invalid_child_spec", "junk")


def test_sup_stop_infinity():
    slow = [child("w", shutdown=math.inf, args=(True, 99.0)), Child("s", Supervisor(), shutdown=math.inf)]
    stage = Stage(slow)
    stage.shutdown(100)
    assert stage.reasons()["w"] == stage.reason() == "shutdown"


def test_sup_stop_infinity_dynamic():
    stage = Stage([child("t", shutdown=math.inf)], strategy="simple_one_for_one")
    stage.ask("start_child", (True, 99.0))
    stage.shutdown(100)
    assert stage.reasons()["t"] == stage.reason() == "shutdown"


def test_sup_stop_takes_its_clock_back():
    stage = Stage([child("t")], strategy="simple_one_for_one")
    stage.ask("start_child", ())
    stage.shutdown()
    stage.world.run()
    trace = stage.world.trace
    assert stage.reason() == "shutdown" and len(trace.of(ev.TimerCancelled)) == 1 and not trace.of(ev.Dropped)


def test_sup_stop_knows_the_reason_of_one_that_was_dead_already():
    stage = Stage([child("a"), child("b")], strategy="one_for_all")
    for pid in (stage.pid("a"), stage.pid("b")):
        stage.world.send(pid, ("exit", "boom"))
    stage.settle()
    assert [(event.id, event.reason) for event in stage.world.trace.of(ev.ChildStopped)] == [("b", "boom")]
    assert len(stage.world.trace.of(ev.Restarted)) == 1


def test_sup_stop_timeout():
    stage = Stage([child("good", shutdown=1), child("sleeper", shutdown=1, args=(True, 200.0))])
    stage.shutdown(1.5)
    assert stage.reasons()["good"] == "shutdown" and stage.reasons()["sleeper"] == "killed"
    assert stage.reason() == "shutdown"


def test_sup_stop_timeout_dynamic():
    stage = Stage([child("t", shutdown=1)], strategy="simple_one_for_one")
    good, sleeper = stage.ask("start_child", (True, 0.5)), stage.ask("start_child", (True, 200.0))
    stage.shutdown(1.5)
    ends = {event.pid: event.reason for event in stage.world.trace.of(ev.Exited)}
    assert (ends[good], ends[sleeper], stage.reason()) == ("shutdown", "killed", "shutdown")


def test_sup_stop_brutal_kill():
    stage = Stage([child("a", shutdown="brutal_kill", args=(True, 9.0)), child("b", shutdown=1)])
    stage.shutdown()
    assert stage.reasons()["a"] == "killed" and stage.reasons()["b"] == "shutdown"


def test_sup_stop_brutal_kill_dynamic():
    stage = Stage([child("t", shutdown="brutal_kill", args=(True, 9.0))], strategy="simple_one_for_one")
    pids = [stage.ask("start_child", ()) for _ in range(2)]
    stage.shutdown()
    ends = {event.pid: event.reason for event in stage.world.trace.of(ev.Exited)}
    assert [ends[pid] for pid in pids] == ["killed", "killed"]


@pytest.mark.parametrize("strategy", ["one_for_one", "simple_one_for_one"])
def test_sup_stop_by_its_parent_with_another_reason(strategy):
    stage = Stage([child("a", args=(True,))], strategy=strategy)
    pid = stage.pid("a") if strategy == "one_for_one" else stage.ask("start_child", ())
    stage.world.node.exit(stage.world.node.process_of(stage.parent), stage.top, "foo")
    stage.settle()
    ends = {event.pid: event.reason for event in stage.world.trace.of(ev.Exited)}
    assert (ends[pid], stage.reason()) == ("shutdown", "foo")


def test_sup_stop_race():
    reasons = ["normal", "shutdown", ("shutdown", "race"), "boom"]
    kinds = ["permanent", "transient", "temporary"]
    names = [f"{kind} {number}" for kind in kinds for number in range(4)]
    own = {"own 1": "apples", "own 2": "pears"}
    children = [
        child(f"{kind} {number}", kind, args=(True, 0.1, reason))
        for kind in kinds
        for number, reason in enumerate(reasons)
    ]
    stage = Stage([*[child(name, "temporary", args=(True, 9.0)) for name in own], *children])
    own_pids = {name: stage.pid(name) for name in own}
    stage.world.send(stage.parent, "shutdown")
    stage.settle()
    for name, reason in own.items():
        stage.world.exit(own_pids[name], "kill" if reason == "pears" else reason)
    stage.settle(20)
    assert stage.reason() == "shutdown"
    ends = stage.reasons()
    assert [ends[name] for name in names] == reasons * 3
    assert ends["own 2"] == "killed"


def test_sup_stop_non_shutdown_exit_dynamic():
    for reason in ("normal", "shutdown", ("shutdown", "test"), "other"):
        stage = Stage([child("t", "permanent", args=(True, 0.0, reason))], strategy="simple_one_for_one")
        stage.ask("start_child", ())
        stage.shutdown()
        assert stage.reason() == "shutdown" and stage.reasons()["t"] == reason


def test_extra_return():
    stage = Stage([])
    extra = child("a", start=Starts("ok", info="extra"))
    assert stage.world.ask(start_child_info, stage.top, extra) == (stage.pid("a"), "extra")
    stage.crash("a")
    assert stage.counts() == [1, 1, 0, 1]
    stage.ask("terminate_child", "a")
    assert stage.world.ask(restart_child_info, stage.top, "a") == (stage.pid("a"), "extra")


def test_child_adm():
    stage = Stage([child("a")])
    pid = stage.pid("a")
    assert stage.ask("start_child", child("a")) == ("error", ("already_started", pid))
    assert stage.ask("restart_child", "a") == ("error", "running")
    assert stage.ask("delete_child", "a") == ("error", "running")
    assert stage.ask("terminate_child", "a") is None
    assert stage.children() == {"a": None} and stage.counts() == [1, 0, 0, 1]
    assert stage.ask("terminate_child", "a") is None
    assert stage.ask("start_child", child("a")) == ("error", "already_present")
    assert stage.ask("restart_child", "a") == stage.pid("a")
    assert stage.ask("terminate_child", stage.pid("a")) == ("error", "not_found")
    stage.ask("terminate_child", "a")
    assert stage.ask("delete_child", "a") is None
    for verb in ("terminate_child", "restart_child", "delete_child"):
        assert stage.ask(verb, "a") == ("error", "not_found")
    assert stage.children() == {} and stage.counts() == [0, 0, 0, 0]


@pytest.mark.parametrize("strategy", ["one_for_one", "simple_one_for_one"])
def test_a_message_means_nothing_to_a_supervisor_but_a_cast_that_it_does_not_know_is_a_crash(strategy):
    stage = Stage([child("a")], strategy=strategy)
    stage.world.send(stage.top, "hello")
    stage.settle()
    assert stage.is_up()
    cast(stage.world.node.processes[stage.parent], stage.top, "hello")
    stage.settle()
    assert "has no handle_cast, and was told 'hello'" in str(stage.reason())


@pytest.mark.parametrize("junk", ["junk", ("a", worker), None])
def test_start_child_with_junk_is_an_error_and_nothing_is_kept(junk):
    stage = Stage([child("a")])
    assert stage.ask("start_child", junk) == ("error", ("invalid_child_spec", junk))
    assert list(stage.children()) == ["a"]


def test_child_adm_simple():
    stage = Stage([child("t")], strategy="simple_one_for_one")
    assert stage.counts() == [1, 0, 0, 0]
    pid, foreign = stage.ask("start_child", ()), stage.world.spawn(worker)
    assert stage.pids() == [pid] and stage.counts() == [1, 1, 0, 1]
    for verb in ("terminate_child", "restart_child", "delete_child"):
        assert stage.ask(verb, "t") == ("error", "simple_one_for_one")
    assert stage.ask("terminate_child", foreign) == ("error", "not_found")
    assert stage.ask("terminate_child", pid) is None and stage.ask("terminate_child", pid) is None
    assert stage.counts() == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ({"start": "till"}, ("invalid_mfa", "till")),
        ({"start": Supervisor}, ("invalid_mfa", Supervisor)),
        ({"args": [1]}, ("invalid_mfa", [1])),
        ({"id": [1]}, ("invalid_child_id", [1])),
        ({"id": ("a", [1])}, ("invalid_child_id", ("a", [1]))),
        ({"name": 3}, ("invalid_name", 3)),
        ({"name": ""}, ("invalid_name", "")),
        ({"restart": "prmanent"}, ("invalid_restart_type", "prmanent")),
        ({"shutdown": -1}, ("invalid_shutdown", -1)),
        ({"shutdown": "soon"}, ("invalid_shutdown", "soon")),
        ({"type": "wrker"}, ("invalid_child_type", "wrker")),
        ({"significant": "yes"}, ("invalid_significant", "yes")),
        (
            {"significant": True, "restart": "permanent"},
            ("bad_combination", (("restart", "permanent"), ("significant", True))),
        ),
    ],
)
def test_child_specs(spec, reason):
    with pytest.raises(BadSpec) as caught:
        Child(**{"id": "a", "start": worker, **spec})
    assert caught.value.reason == reason
    shown = reason[1].__name__ if isinstance(reason[1], type) else repr(reason[1])
    assert shown in str(caught.value) or reason[0] == "bad_combination"


@pytest.mark.parametrize("children", [None, 3, child("a")])
def test_children_are_a_list(children):
    with pytest.raises(BadSpec, match="children are a list of Child") as caught:
        Supervisor(children)
    assert caught.value.reason == ("invalid_children", children)


@pytest.mark.parametrize("verb", ["terminate_child", "restart_child", "delete_child", "get_childspec"])
@pytest.mark.parametrize("strategy", ["one_for_one", "simple_one_for_one"])
def test_what_cannot_be_an_id_is_not_found_and_the_supervisor_lives(verb, strategy):
    stage = Stage([child("a")], strategy=strategy)
    assert stage.ask(verb, []) == ("error", "not_found")
    assert stage.is_up()


def test_child_specs_of_a_whole_supervisor():
    with pytest.raises(BadSpec) as caught:
        Supervisor([child("a"), child("a")])
    assert caught.value.reason == ("duplicate_child_name", "a")
    for children in ([], [child("a"), child("b")]):
        with pytest.raises(BadSpec, match="exactly one child"):
            Supervisor(children, strategy="simple_one_for_one")
    with pytest.raises(BadSpec, match="auto_shutdown is 'never'"):
        Supervisor([child("a", "transient", significant=True)])
    stage = Stage([])
    spec = child("a", "transient", significant=True)
    reason = ("bad_combination", (("auto_shutdown", "never"), ("significant", True)))
    assert stage.ask("start_child", spec) == ("error", reason)


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("strategy", "one_for_two"),
        ("strategy", None),
        ("intensity", -1),
        ("intensity", 1.5),
        ("intensity", True),
        ("period", -1),
        ("period", 0),
        ("period", 2.5),
        ("period", math.inf),
        ("period", True),
        ("auto_shutdown", "sometimes"),
    ],
)
def test_sup_flags(flag, value):
    with pytest.raises(BadFlags) as caught:
        Supervisor(**{flag: value})
    assert caught.value.reason == (f"invalid_{flag}", value) and repr(value) in str(caught.value)
    stage = Stage(told(lambda: (Flags(**{flag: value}), ())))
    assert stage.error == ("supervisor_data", (f"invalid_{flag}", value))


def test_sup_flags_and_keys_that_otp_would_ignore_are_named():
    with pytest.raises(TypeError, match="intensty"):
        Supervisor(intensty=3)
    with pytest.raises(TypeError, match="restrat"):
        Child("a", worker, restrat="temporary")
    (error,) = [Stage(told(lambda: (Flags(intensty=3), ()))).error]
    assert isinstance(error, TypeError) and "intensty" in str(error)


def test_permanent_normal():
    stage = Stage([child("a")])
    before = stage.pid("a")
    stage.crash("a", "normal")
    assert stage.pid("a") is not before and stage.counts() == [1, 1, 0, 1]


def test_transient_normal():
    stage = Stage([child("a", "transient")])
    stage.crash("a", "normal")
    assert stage.children() == {"a": None} and stage.counts() == [1, 0, 0, 1]


def test_temporary_normal():
    stage = Stage([child("a", "temporary")])
    stage.crash("a", "normal")
    assert stage.children() == {} and stage.counts() == [0, 0, 0, 0]


@pytest.mark.parametrize("reason", ["shutdown", ("shutdown", "x")])
def test_permanent_shutdown(reason):
    stage = Stage([child("a")])
    stage.crash("a", reason)
    assert stage.counts() == [1, 1, 0, 1]


@pytest.mark.parametrize("reason", ["shutdown", ("shutdown", "x")])
def test_transient_shutdown(reason):
    stage = Stage([child("a", "transient")])
    stage.crash("a", reason)
    assert stage.counts() == [1, 0, 0, 1]
    assert stage.ask("restart_child", "a") == stage.pid("a")


@pytest.mark.parametrize("reason", ["shutdown", ("shutdown", "x"), "boom"])
def test_temporary_shutdown_and_temporary_abnormal(reason):
    stage = Stage([child("a", "temporary")])
    stage.crash("a", reason)
    assert stage.counts() == [0, 0, 0, 0]
    assert stage.ask("start_child", child("a", "temporary")) == stage.pid("a")


@pytest.mark.parametrize("restart", ["permanent", "transient"])
def test_permanent_abnormal_and_transient_abnormal(restart):
    stage = Stage([child("a", restart)])
    before = stage.pid("a")
    stage.crash("a")
    assert stage.pid("a") not in (before, None)


@pytest.mark.parametrize("strategy", ["one_for_all", "rest_for_one"])
def test_temporary_bystander(strategy):
    stage = Stage([child("child1"), child("child2", "temporary")], strategy=strategy)
    stage.crash("child1")
    assert stage.is_up() and list(stage.children()) == ["child1"]


def test_multiple_restarts():
    stage = Stage([child("a")], intensity=1, period=1)
    for _ in range(4):
        stage.crash("a")
        stage.settle(2.1)
    assert stage.is_up()


def test_one_for_one():
    stage = Stage([child("a"), child("b")], intensity=2)
    a, b = stage.pid("a"), stage.pid("b")
    stage.crash("a")
    stage.crash("a")
    assert stage.pid("a") is not a and stage.pid("b") is b and stage.counts() == [2, 2, 0, 2]
    stage.crash("a")
    assert stage.reason() == "shutdown" and not stage.world.is_alive(b)


def test_one_for_one_escalation():
    stage = Stage([child("a", start=fails_after_first()), child("b")], intensity=4)
    b = stage.pid("b")
    stage.crash("a")
    assert stage.reason() == "shutdown" and not stage.world.is_alive(b)


def test_one_for_all():
    stage = Stage([child("a"), child("b")], strategy="one_for_all", intensity=2)
    before = stage.children()
    stage.crash("a")
    after = stage.children()
    assert all(before[id] is not after[id] for id in "ab") and stage.counts() == [2, 2, 0, 2]
    stage.crash("b")
    stage.crash("a")
    assert stage.reason() == "shutdown"


def test_one_for_all_escalation():
    children = [child("child1"), child("child2", start=fails_after_first())]
    stage = Stage(children, strategy="one_for_all", intensity=4)
    stage.crash("child1")
    assert stage.reason() == "shutdown"


def test_one_for_all_other_child_fails_restart():
    first = Starts("ok")
    children = [child("child1", start=first), child("child2", start=Starts("ok", "fail", "ok"))]
    stage = Stage(children, strategy="one_for_all", intensity=3)
    stage.crash("child1")
    ends = {event.pid: event.reason for event in stage.world.trace.of(ev.Exited)}
    assert len(first.pids) == 3 and ends[first.pids[1]] == "shutdown"
    assert stage.counts() == [2, 2, 0, 2]


def test_rest_for_one():
    stage = Stage([child("c1"), child("c2"), child("c3")], strategy="rest_for_one", intensity=2)
    before = stage.children()
    stage.crash("c2")
    after = stage.children()
    assert [before[id] is after[id] for id in ("c1", "c2", "c3")] == [True, False, False]
    assert stage.counts() == [3, 3, 0, 3]


def test_rest_for_one_escalation():
    children = [child("child1"), child("child2", start=fails_after_first())]
    stage = Stage(children, strategy="rest_for_one", intensity=4)
    stage.crash("child1")
    assert stage.reason() == "shutdown"


def test_rest_for_one_other_child_fails_restart():
    first = Starts("ok")
    children = [child("child1", start=first), child("child2", start=Starts("ok", "fail", "ok"))]
    stage = Stage(children, strategy="rest_for_one", intensity=3)
    stage.crash("child1")
    assert len(first.pids) == 2 and stage.pid("child1") is first.pids[1]
    assert stage.counts() == [2, 2, 0, 2]


def test_simple_one_for_one():
    stage = Stage([child("t")], strategy="simple_one_for_one", intensity=2)
    a, b = stage.ask("start_child", ()), stage.ask("start_child", ())
    stage.crash(a)
    new = next(pid for pid in stage.pids() if pid is not b)
    assert stage.counts() == [1, 2, 0, 2]
    stage.crash(new)
    stage.crash(b)
    assert stage.reason() == "shutdown"


def test_simple_one_for_one_puts_the_arguments_after_those_of_the_template_at_a_restart_too():
    async def says(me, *words):
        said.append(words)
        await worker(me)

    said = []
    stage = Stage([child("t", start=says, args=("a",))], strategy="simple_one_for_one")
    stage.crash(stage.ask("start_child", ("b", "c")))
    assert said == [("a", "b", "c")] * 2


def test_simple_one_for_one_extra():
    stage = Stage([child("t", start=Starts("ok", info="extra"))], strategy="simple_one_for_one", intensity=2)
    pid, info = stage.world.ask(start_child_info, stage.top, ())
    assert info == "extra"
    stage.crash(pid)
    assert stage.counts() == [1, 1, 0, 1]


def test_simple_one_for_one_escalation():
    stage = Stage([child("t", start=Starts("ok", "ok", "fail"))], strategy="simple_one_for_one", intensity=4)
    a, b = stage.ask("start_child", ()), stage.ask("start_child", ())
    stage.crash(a)
    assert stage.reason() == "shutdown" and not stage.world.is_alive(b)


def test_simple_one_for_one_shutdown():
    stage = Stage([child("t", shutdown=2)], strategy="simple_one_for_one")
    for seconds in (1.0, 1.0, 5.0):
        stage.ask("start_child", (True, seconds))
    began = stage.world.now
    stage.shutdown(9)
    end = next(event.at for event in stage.world.trace.of(ev.Exited) if event.pid is stage.top)
    assert end - began == pytest.approx(2.0)


def test_child_unlink():
    async def naughty(me):
        me.unlink(me.parent)
        await me.receive()

    stage = Stage([child("naughty", start=naughty)])
    stage.ask("terminate_child", "naughty")
    assert stage.children() == {"naughty": None}


def test_tree():
    def sub(*names):
        return Supervisor([child(name) for name in names], strategy="one_for_one", intensity=1)

    stage = Stage([Child("A", sub("a1", "a2")), Child("B", sub("b1")), Child("C", sub())], strategy="one_for_all")
    top = tree(stage.world.node, stage.top)
    assert [branch.id for branch in top.children] == ["A", "B", "C"] and stage.counts() == [3, 3, 3, 0]
    added = stage.world.ask(start_child, stage.pid("C"), child("dynamic"))
    assert stage.world.is_alive(added)
    stage.world.exit(stage.pid("A"), "kill")
    stage.settle()
    new = tree(stage.world.node, stage.top)
    assert [[leaf.id for leaf in branch.children] for branch in new.children] == [["a1", "a2"], ["b1"], []]
    assert not stage.world.is_alive(added) and len(new.window) == 1


def test_count_children():
    stage = Stage([child("t", "temporary")], strategy="simple_one_for_one")
    for _ in range(1000):
        stage.ask("start_child", ())
    assert stage.counts() == [1, 1000, 0, 1000]
    for pid in stage.pids()[:300]:
        stage.world.send(pid, ("exit", "normal"))
    stage.settle()
    assert stage.counts() == [1, 700, 0, 700]


def test_count_children_supervisor():
    stage = Stage([Child("t", Supervisor())], strategy="simple_one_for_one")
    for _ in range(20):
        stage.ask("start_child", ())
    assert stage.counts() == [1, 20, 20, 0]


def test_count_restarting_children():
    slow_and_bad = Starts("ok", "ok", "ok", 1.0, "fail", 1.0, "fail", 1.0, "fail", 1.0, "fail", 1.0, "fail")
    stage = Stage([child("t", start=slow_and_bad)], strategy="simple_one_for_one", intensity=9, period=10)
    pids = [stage.ask("start_child", ()) for _ in range(3)]
    assert stage.counts() == [1, 3, 0, 3]
    for pid in pids[:2]:
        stage.world.send(pid, ("exit", "boom"))
    stage.settle(2.5)
    assert stage.counts() == [1, 1, 0, 3]


def test_hanging_restart_loop():
    bad = Starts("ok", *[2.0, "fail"] * 9)
    stage = Stage([child("good"), child("bad", start=bad)], intensity=8, period=10)
    stage.crash("bad")
    assert stage.pid("bad") == "restarting"
    for verb in ("restart_child", "delete_child"):
        assert stage.ask(verb, "bad") == ("error", "restarting")
    assert stage.ask("start_child", child("bad")) == ("error", "already_present")
    assert stage.counts() == [2, 1, 0, 2]
    stage.ask("terminate_child", "bad")
    assert stage.pid("bad") is None
    stage.shutdown(3)
    assert stage.reason() == "shutdown"


def test_hanging_restart_loop_rest_for_one():
    bad = Starts("ok", *[2.0, "fail"] * 9)
    children = [child("child1"), child("bad", start=bad), child("child3")]
    stage = Stage(children, strategy="rest_for_one", intensity=8, period=10)
    first = stage.pid("child1")
    stage.crash("bad")
    assert stage.children() == {"child3": None, "bad": "restarting", "child1": first}
    stage.ask("terminate_child", "bad")
    assert stage.children() == {"child3": None, "bad": None, "child1": first}


def test_hanging_restart_loop_simple():
    bad = Starts("ok", "ok", *[2.0, "fail"] * 9)
    stage = Stage([child("t", start=bad)], strategy="simple_one_for_one", intensity=8, period=10)
    stays, crashes = stage.ask("start_child", ()), stage.ask("start_child", ())
    stage.crash(crashes)
    assert stage.pids() == [stays, "restarting"]
    assert stage.ask("get_childspec", crashes) == stage.ask("get_childspec", "t")
    assert stage.ask("terminate_child", crashes) is None
    assert stage.pids() == [stays]


def test_order_of_children():
    names = ["c1", "c2", "c3", "c4", "c5"]
    stage = Stage([child(name) for name in names], strategy="rest_for_one")
    trace = stage.world.trace
    assert [event.id for event in trace.of(ev.ChildStarted)] == names
    assert list(stage.children()) == names[::-1]
    stage.crash("c1")
    assert [event.id for event in trace.of(ev.ChildStopped)] == names[:0:-1]
    assert [event.id for event in trace.of(ev.ChildStarted) if event.again] == names


@pytest.mark.parametrize("strategy", ["one_for_one", "one_for_all", "rest_for_one"])
@pytest.mark.parametrize("restart", ["permanent", "transient", "temporary"])
def test_do_not_save_child_specs_for_temporary_children(strategy, restart):
    stage = Stage([child("a", restart)], strategy=strategy, intensity=3)
    stage.crash("a")
    gone = restart == "temporary"
    assert stage.counts() == ([0, 0, 0, 0] if gone else [1, 1, 0, 1])
    stage.ask("terminate_child", "a")
    assert stage.children() == ({} if gone else {"a": None})
    again = stage.ask("start_child", child("a", restart))
    assert again is stage.pid("a") if gone else again == ("error", "already_present")


@pytest.mark.parametrize("auto_shutdown", ["never", "any_significant", "all_significant"])
@pytest.mark.parametrize("restart", ["temporary", "transient"])
def test_nonsignificant(restart, auto_shutdown):
    stage = Stage([child("a", restart)], auto_shutdown=auto_shutdown)
    stage.crash("a", "normal")
    assert stage.is_up()


@pytest.mark.parametrize("auto_shutdown", ["never", "any_significant", "all_significant"])
def test_nonsignificant_simple(auto_shutdown):
    stage = Stage([child("t", "temporary")], strategy="simple_one_for_one", auto_shutdown=auto_shutdown)
    stage.crash(stage.ask("start_child", ()), "normal")
    assert stage.is_up()


@pytest.mark.parametrize("reason", ["normal", "shutdown", ("shutdown", "x"), "boom"])
def test_significant_temporary(reason):
    for auto_shutdown, left_up in (("any_significant", False), ("all_significant", True)):
        specs = [child(name, "temporary", significant=True) for name in "ab"]
        stage = Stage([*specs, child("c")], auto_shutdown=auto_shutdown)
        stage.crash("a", reason)
        assert stage.is_up() is left_up
        if left_up:
            stage.crash("b", reason)
        assert stage.reason() == "shutdown"


def test_significant_transient():
    stage = Stage([child(name, "transient", significant=True) for name in "ab"], auto_shutdown="any_significant")
    stage.crash("a", "boom")
    assert stage.is_up()
    stage.crash("a", "normal")
    assert stage.reason() == "shutdown"


def test_significant_simple():
    specs = [child("t", "transient", significant=True)]
    stage = Stage(specs, strategy="simple_one_for_one", auto_shutdown="all_significant", intensity=3)
    a, b = stage.ask("start_child", ()), stage.ask("start_child", ())
    stage.crash(a, "normal")
    assert stage.is_up()
    stage.crash(b, "shutdown")
    assert stage.reason() == "shutdown"


def test_significant_all_waits_for_one_that_is_restarting():
    bad = Starts("ok", *[2.0, "fail"] * 9)
    specs = [child("a", "transient", bad, significant=True), child("b", "transient", significant=True)]
    stage = Stage(specs, auto_shutdown="all_significant", intensity=8, period=10)
    stage.crash("a")
    stage.crash("b", "normal")
    assert stage.children() == {"b": None, "a": "restarting"} and stage.is_up()


def test_significant_all_waits_for_one_that_is_restarting_simple():
    specs = [child("t", "transient", Starts("ok", "ok", *[2.0, "fail"] * 9), significant=True)]
    flags = dict(auto_shutdown="all_significant", intensity=8, period=10)
    stage = Stage(specs, strategy="simple_one_for_one", **flags)
    a, b = stage.ask("start_child", ()), stage.ask("start_child", ())
    stage.crash(a)
    stage.crash(b, "normal")
    assert stage.pids() == ["restarting"] and stage.is_up()


@pytest.mark.parametrize("strategy", ["one_for_all", "rest_for_one"])
@pytest.mark.parametrize("auto_shutdown", ["any_significant", "all_significant"])
def test_significant_bystander(strategy, auto_shutdown):
    specs = [child("a"), child("s", "transient", significant=True), child("t", "temporary", significant=True)]
    stage = Stage(specs, strategy=strategy, auto_shutdown=auto_shutdown)
    stage.crash("a")
    assert stage.is_up()
    stage.ask("terminate_child", "s")
    assert stage.is_up()


@pytest.mark.parametrize("significant", [True, False])
def test_significant_escalation(significant):
    below = Supervisor([child("s", "temporary", significant=True)], auto_shutdown="any_significant")
    sub = Child("sub", below, restart="transient", significant=significant)
    stage = Stage([sub, child("a")], auto_shutdown="any_significant")
    leaf = tree(stage.world.node, stage.top).children[0].children[0].pid
    stage.crash(leaf, "normal")
    assert stage.is_up() is not significant


def test_a_server_whose_init_stops_fails_the_start_of_its_supervisor():
    stage = Stage([child("a"), Child("echo", Echo, args=("no eggs",))])
    assert stage.error == ("shutdown", ("failed_to_start_child", "echo", "no eggs"))
    assert stage.reasons()["a"] == "shutdown"


def test_a_start_that_returns_rubbish_fails():
    stage = Stage([child("a", start=Starts(3.5, 42))])
    stage.settle(4)
    assert stage.error == ("shutdown", ("failed_to_start_child", "a", 42))
