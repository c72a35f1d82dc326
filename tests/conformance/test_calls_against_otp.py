"""The plays of calls on virtual time, and on real Erlang: what everybody hears is the same."""

import otp
import pytest

from letitcrash import World
from letitcrash.gen_server import CallFailed, GenServer, call
from letitcrash.process import Exit
from letitcrash.scenario.calls import call_cases, difference, run_calls
from letitcrash.scenario.compare import SLOT, slot_of
from letitcrash.supervisor import Child, Supervisor

CASES = call_cases()
UNTIL = 14.0  # seconds: the longest of them is over


@pytest.mark.parametrize("name", CASES)
def test_a_play_of_calls_goes_as_otp_25_said_it_does(name):
    assert difference(run_calls(CASES[name]), CASES[name]["expected"]) is None, CASES[name]["about"]


def on_otp(cases: list[dict]) -> list[list[list]]:
    """Return what each process hears on OTP, each moment at the beginning of its slot."""
    played = [{**case, "until": UNTIL} for case in cases]
    logs = otp.play_all(played, otp.CALLS, ("script", "traps", "first", "until"))
    return [[[round(slot_of(row[0]) * SLOT, 1), *row[1:]] for row in log] for log in logs]


def differing(names: list[str]) -> dict[str, str]:
    """Those that go another way on OTP, and where."""
    logs = on_otp([CASES[name] for name in names])
    found = {name: difference(CASES[name]["expected"], log) for name, log in zip(names, logs, strict=True)}
    return {name: said for name, said in found.items() if said}


def test_what_we_say_a_call_does_on_otp_is_what_it_does():
    bad = differing(list(CASES))
    assert not bad or not differing(list(bad)), bad  # a busy machine makes late: once more, alone


def test_a_call_that_goes_another_way_is_told_where():
    case = CASES["late_answer"]
    wrong = [row if row[1:3] != ["Ann", "gets"] else [3, "Ann", "gets", "eggs"] for row in case["expected"]]
    assert difference(wrong, case["expected"]) == "should be: at 3.5 s Ann gets milk; is: at 3 s Ann gets eggs"
    assert difference(case["expected"][:-1], case["expected"]).endswith("is: nothing more of Ann")


class Shop(GenServer):
    async def handle_call(self, request, caller):
        match request:
            case "crash":
                raise Exit("crash")
            case "count":
                return 12


async def tries_again_at_once(me):
    met = []
    for _ in range(100):
        for request in ("crash", "count"):
            try:
                answer = await call(me, "shop", request)
            except CallFailed as failed:
                answer = failed.cause
        met.append("answered" if answer == 12 else answer)
        while me.whereis("shop") is None:
            await me.sleep(0)
    return met


def test_a_call_right_after_a_crash_meets_noproc_here_as_on_otp():
    world = World()
    world.start(Supervisor([Child("shop", Shop, name="shop")], intensity=1000))
    ours = world.ask(tries_again_at_once)
    assert ours == ["noproc"] * 100
    theirs = otp.run(otp.RETRY).split()
    assert theirs == ours
