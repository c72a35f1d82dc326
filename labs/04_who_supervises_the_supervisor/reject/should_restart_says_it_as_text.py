# exercise: should_restart
# belief: an exception called normal is normal
# fails: agrees_with_the_library
# holds: permanent_means_always, temporary_means_never, transient_means_after_a_crash, shutdown_is_no_crash, to_be_killed_is_a_crash
# word: comes back
def should_restart(restart, reason):
    with_a_note = isinstance(reason, tuple) and len(reason) == 2 and reason[0] == "shutdown"
    clean = str(reason) in ("normal", "shutdown") or with_a_note
    return restart == "permanent" or (restart == "transient" and not clean)
