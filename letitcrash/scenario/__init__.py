"""Scenarios: a tree, a script of crashes and requests, and the log of what happened; the same in JSON for OTP.

`run_scenario(scenario)` plays one on virtual time with the library's supervisor or with yours. The scenarios of
`cases()` were played by Erlang/OTP 25 as well: `expected` is its log. `against_otp(supervisor)` counts how many agree.
Calls have their own in `letitcrash.scenario.calls`; those of several nodes are in `letitcrash.scenario.nodes`.
"""

from letitcrash.scenario.compare import canonical, clear, difference, in_words
from letitcrash.scenario.run import play, run_scenario
from letitcrash.scenario.written import Agreement, against_otp, cases

__all__ = ["Agreement", "against_otp", "canonical", "cases", "clear", "difference", "in_words", "play", "run_scenario"]
