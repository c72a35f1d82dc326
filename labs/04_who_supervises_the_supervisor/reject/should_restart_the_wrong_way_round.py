# exercise: should_restart
# belief: transient children are to be left alone after a crash
# fails: transient_means_after_a_crash, shutdown_is_no_crash, to_be_killed_is_a_crash
# holds: permanent_means_always, temporary_means_never
# word: child that exits
def should_restart(restart, reason):
    with_a_note = isinstance(reason, tuple) and len(reason) == 2 and reason[0] == "shutdown"
    return restart == "permanent" or (restart == "transient" and (reason in ("normal", "shutdown") or with_a_note))
