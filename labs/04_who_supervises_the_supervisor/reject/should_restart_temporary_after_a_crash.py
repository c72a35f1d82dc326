# exercise: should_restart
# belief: temporary means once more, after a crash
# fails: temporary_means_never
# holds: permanent_means_always, transient_means_after_a_crash, shutdown_is_no_crash, to_be_killed_is_a_crash
# word: stays away
def should_restart(restart, reason):
    """Tell if a child of this restart type comes back after it exited with `reason`."""
    with_a_note = isinstance(reason, tuple) and len(reason) == 2 and reason[0] == "shutdown"
    clean = reason in ("normal", "shutdown") or with_a_note
    return restart == "permanent" or (restart != "permanent" and not clean)
