"""Several nodes on virtual time and on real Erlang: observed rows and random schedules go alike."""

import otp
import pytest
from draw import SEED, random_scenarios
from node_scripts import scripts
from observed import recorded_rows, seen, term

from letitcrash.process import exit_signal
from letitcrash.scenario.nodes import canonical, node_cases, node_difference, run_nodes

SEEN = {each.name: each for each in seen()}
CASES = node_cases()
SCRIPTS = 24  # different random ones a run


def parted(one, rows):
    """Return where the rows of a scenario part from what was seen; empty when they do not."""
    came = {place: what for place, kind, what in rows if kind == "came"}
    left = {who: what for who, kind, what in canonical(one.scenario, rows) if kind == "left"}
    expected = {who: what for who, _, what in canonical(one.scenario, [[w, "left", x] for w, x in one.left.items()])}
    found = {place: (came[place], what) for place, what in one.came.items() if came[place] != what}
    found |= {who: (left[who], what) for who, what in expected.items() if left[who] != what}
    return found or ({} if one.holds(came) else {"came": came})


@pytest.mark.parametrize("name", SEEN)
def test_what_was_observed_on_otp_happens_here(name):
    assert not parted(SEEN[name], run_nodes(SEEN[name].scenario))


def test_every_recorded_row_is_played_under_a_name_of_its_own():
    assert len(SEEN) == len(recorded_rows()) >= 60


def test_what_was_observed_on_otp_is_observed_again():
    distinct = {repr((each.scenario, each.came, each.left)): each for each in SEEN.values()}.values()
    bad = differing(list(distinct))
    bad = differing(bad)  # once more, alone: the first time a machine may have been too busy to answer
    assert not bad, [(each.name, each.scenario["script"]) for each in bad]


def differing(these):
    """Those that go another way on the Erlang that is installed."""
    logs = otp.play_nodes([each.scenario for each in these]) if these else []
    return [each for each, log in zip(these, logs, strict=True) if parted(each, log)]


@pytest.mark.parametrize("name", CASES)
def test_a_case_of_nodes_goes_as_otp_25_said_it_does(name):
    assert node_difference(CASES[name], run_nodes(CASES[name]), CASES[name]["expected"]) is None, CASES[name]["about"]


def test_what_we_say_nodes_do_on_otp_is_what_they_do():
    names = list(CASES)
    for _ in range(2):  # once more, alone, for those that met a busy machine
        logs = otp.play_nodes([CASES[name] for name in names]) if names else []
        found = {n: node_difference(CASES[n], log, CASES[n]["expected"]) for n, log in zip(names, logs, strict=True)}
        names = [name for name, difference in found.items() if difference]
    assert not names, found


@pytest.fixture(scope="module")
def drawn():
    return random_scenarios(SCRIPTS, SEED, scripts())


def test_random_schedules_of_three_nodes_go_as_they_do_on_otp(drawn):
    bad = parting(drawn)
    bad = parting([scenario for scenario, _ in bad]) if bad else []
    scenario, difference = min(bad, key=lambda each: len(each[0]["script"]), default=({}, None))
    assert difference is None, scenario


def parting(scenarios):
    """Those that go another way on OTP, and where."""
    logs = otp.play_nodes(scenarios)
    found = [(one, node_difference(one, run_nodes(one), log)) for one, log in zip(scenarios, logs, strict=True)]
    return [(one, difference) for one, difference in found if difference]


@pytest.mark.parametrize("wrong", [{"linked": False}, {"trapping": False}])
def test_a_wrong_rule_of_the_signals_would_be_noticed(wrong, drawn):
    def rule(reason, **how):
        return exit_signal(reason, **{**how, **wrong})

    scenarios = [*drawn, *(one.scenario for one in SEEN.values())]
    assert any(node_difference(one, run_nodes(one), run_nodes(one, parts={"exit_signal": rule})) for one in scenarios)


def test_the_order_of_a_lost_connection_is_compared():
    one = SEEN["order_kill9 1"]
    rows = run_nodes(one.scenario)
    for who, kind, left in rows:
        if (who, kind) == ("r", "left"):
            left.insert(0, left.pop())  # what monitor_nodes tells, before the exit signal
    assert parted(one, rows)


@pytest.mark.parametrize("text", ["hello", "{nodedown}", "{'EXIT',r@b}"])
def test_a_message_that_no_scenario_has_is_refused(text):
    with pytest.raises(ValueError, match="no message of a scenario"):
        term(text)
