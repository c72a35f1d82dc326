# exercise: should_restart
# belief: killed means that somebody wanted it
# fails: to_be_killed_is_a_crash
# holds: permanent_means_always, temporary_means_never, transient_means_after_a_crash, shutdown_is_no_crash
# word: comes back
def should_restart(restart, reason):
    """Tell if a child of this restart type comes back after it exited with `reason`."""
    with_a_note = isinstance(reason, tuple) and len(reason) == 2 and reason[0] == "shutdown"
    clean = reason in ("normal", "shutdown", "kill", "killed") or with_a_note
    return restart == "permanent" or (restart == "transient" and not clean)
