"""Random scripts of signals on virtual time and on real Erlang: what comes of each step is the same."""

import otp
import pytest
from draw import SEED, random_scenarios
from signals import play, scripts

from letitcrash.process import exit_signal

SCRIPTS = 500  # different random ones a run


@pytest.fixture(scope="module")
def drawn():
    return random_scenarios(SCRIPTS, SEED, scripts())


def test_random_scripts_of_signals_go_as_they_do_on_otp(drawn):
    logs = otp.play_all(drawn, otp.SIGNALS, ("script",))
    bad = [(one["script"], play(one), log) for one, log in zip(drawn, logs, strict=True) if play(one) != log]
    script, ours, theirs = min(bad, key=lambda each: len(each[0]), default=(None, None, None))
    assert ours == theirs, script


@pytest.mark.parametrize("wrong", [{"linked": False}, {"to_itself": False}, {"trapping": False}])
def test_a_wrong_rule_of_the_signals_would_be_noticed(wrong, drawn):
    def rule(reason, **how):
        return exit_signal(reason, **{**how, **wrong})

    assert [play(one) for one in drawn] != [play(one, parts={"exit_signal": rule}) for one in drawn]
