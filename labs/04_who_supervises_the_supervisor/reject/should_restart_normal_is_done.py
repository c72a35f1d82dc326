# exercise: should_restart
# belief: a child that goes home is done, whatever its type
# fails: permanent_means_always
# holds: temporary_means_never, transient_means_after_a_crash, shutdown_is_no_crash, to_be_killed_is_a_crash
# word: comes back
def should_restart(restart, reason):
    if reason == "normal":
        return False
    with_a_note = isinstance(reason, tuple) and len(reason) == 2 and reason[0] == "shutdown"
    return restart == "permanent" or (restart == "transient" and reason != "shutdown" and not with_a_note)
