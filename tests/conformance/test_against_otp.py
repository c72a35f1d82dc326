"""The same scenarios on virtual time and on real Erlang: not one difference."""

import json
import math

import otp
import pytest
from draw import SEED, random_scenarios
from shrink import shrink
from strategies import playable

from letitcrash.process import events as ev
from letitcrash.scenario import canonical, cases, difference, play, run_scenario
from letitcrash.supervisor import Rules, Supervisor, rules

CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_a_written_scenario_goes_as_otp_25_said_it_does(name):
    case = CASES[name]
    assert difference(case, run_scenario(case), case["expected"]) is None, case["about"]


@pytest.mark.parametrize("name", CASES)
def test_a_written_scenario_counts_no_restart_near_the_tick_of_a_second(name):
    _, world = play(CASES[name])
    phases = [event.at % 1.0 for event in world.trace.of(ev.Restarted, ev.GaveUp)]
    assert all(0.15 <= phase <= 0.85 for phase in phases), phases


def differing(scenarios: list[dict]) -> list[bool]:
    """For each scenario, whether OTP does something else."""
    logs = otp.play_all(scenarios)
    return [
        difference(scenario, run_scenario(scenario), log) is not None
        for scenario, log in zip(scenarios, logs, strict=True)
    ]


def really_differing(scenarios: list[dict]) -> list[dict]:
    """Those that differ when they are played again, alone: the others met a machine that was too busy to be on time."""
    return [scenario for scenario, is_bad in zip(scenarios, differing(scenarios), strict=True) if is_bad]


def test_what_we_say_otp_does_is_what_otp_does(on_otp):
    played = on_otp["written"]
    bad = [
        scenario
        for scenario, log in zip(played.scenarios, played.logs, strict=True)
        if difference(scenario, log, scenario["expected"])
    ]
    if bad:
        again = otp.play_all(bad)
        found = {one["name"]: difference(one, log, one["expected"]) for one, log in zip(bad, again, strict=True)}
        assert not any(found.values()), found


def test_random_scenarios_go_as_they_go_on_otp(on_otp):
    played = on_otp["random"]
    bad = [
        scenario
        for scenario, log in zip(played.scenarios, played.logs, strict=True)
        if difference(scenario, run_scenario(scenario), log)
    ]
    bad = really_differing(bad) if bad else []
    if bad:
        smallest = shrink(bad[0], differing)
        log = otp.play_all([smallest])[0]
        pytest.fail(
            f"{len(bad)} of {len(played.scenarios)} random scenarios differ (LETITCRASH_SEED={SEED}); the smallest:\n"
            f"{json.dumps(smallest)}\n{difference(smallest, run_scenario(smallest), log)}"
        )


def test_at_least_three_hundred_random_scenarios_are_compared(on_otp):
    assert len({json.dumps(scenario) for scenario in on_otp["random"].scenarios}) >= 300


FORMS = {
    "a start that fails for a reason": lambda scenario: '["fail", ' in json.dumps(scenario["tree"]),
    "a start on demand that fails for a reason": lambda scenario: '["fail", ' in json.dumps(scenario["script"]),
    "a shutdown for a reason": lambda scenario: '["shutdown", ' in json.dumps([s["do"][0] for s in scenario["script"]]),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_scenario_is_among_those_that_are_compared(form, drawn):
    assert sum(map(FORMS[form], drawn)) >= 10


def test_the_random_scenarios_do_not_depend_on_the_run():
    assert random_scenarios(5, 1, playable()) == random_scenarios(5, 1, playable())


MISTAKES = {
    "the window in fractions of a second": Rules(
        restart_window=lambda old, now, period: _window(old, now, now - period)
    ),
    "the window without its edge": Rules(
        restart_window=lambda old, now, period: _window(old, math.floor(now), math.floor(now) - period + 1)
    ),
    "a window that never forgets": Rules(restart_window=lambda old, now, period: _window(old, math.floor(now), -1)),
    "shutdown counts as a crash": Rules(
        should_restart=lambda kind, reason: kind == "permanent" or (kind == "transient" and reason != "normal")
    ),
    "a normal exit of a permanent child is no matter": Rules(
        should_restart=lambda kind, reason: rules.should_restart(kind, reason) and reason != "normal"
    ),
    "temporary children come back after a crash": Rules(
        should_restart=lambda kind, reason: rules.should_restart(kind, reason) or reason == "boom"
    ),
    "rest_for_one restarts one": Rules(
        to_restart=lambda strategy, all_of_them, failed: rules.to_restart(
            "one_for_one" if strategy == "rest_for_one" else strategy, all_of_them, failed
        )
    ),
    "rest_for_one restarts all": Rules(
        to_restart=lambda strategy, all_of_them, failed: rules.to_restart(
            "one_for_all" if strategy == "rest_for_one" else strategy, all_of_them, failed
        )
    ),
    "one_for_all restarts the rest": Rules(
        to_restart=lambda strategy, all_of_them, failed: rules.to_restart(
            "rest_for_one" if strategy == "one_for_all" else strategy, all_of_them, failed
        )
    ),
}


def _window(old, now, first):
    return (now, *(second for second in old if second >= first))


def with_rules(these: Rules):
    """A supervisor that goes by these rules."""
    return lambda children, **flags: Supervisor(children, **flags, rules=these)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_wrong_rule_shows_in_the_written_and_in_the_random_scenarios(mistake, drawn):
    wrong = with_rules(MISTAKES[mistake])
    for scenarios in (list(CASES.values()), drawn):
        assert any(difference(one, run_scenario(one, wrong), run_scenario(one)) for one in scenarios)


def test_a_difference_is_said_in_words():
    case = CASES["intensity_zero"]
    rows = run_scenario(case, lambda children, **flags: Supervisor(children, **{**flags, "intensity": 1}))
    assert difference(case, rows, case["expected"]) == (
        "row 4 is at 1.3 s, under top, a exits (boom); it should be at 1.3 s, under the world, top exits (shutdown)"
    )


def test_a_log_in_canonical_form_stays_as_it_is():
    case = CASES["shutdown_in_parallel"]
    once = canonical(case, run_scenario(case))
    assert canonical(case, once) == once


def test_a_body_can_be_the_supervisor():
    async def no_supervisor(me, flags, children):
        for child in children:
            await child.start.start_link(me)
        await me.receive()

    case = CASES["intensity_zero"]
    assert difference(case, run_scenario(case, no_supervisor), case["expected"]) is not None
