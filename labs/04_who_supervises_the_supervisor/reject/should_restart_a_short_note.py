# exercise: should_restart
# belief: a tuple that begins with shutdown is a shutdown, however long it is
# fails: agrees_with_the_library
# holds: permanent_means_always, temporary_means_never, transient_means_after_a_crash, shutdown_is_no_crash, to_be_killed_is_a_crash
# word: shutdown
def should_restart(restart, reason):
    clean = reason in ("normal", "shutdown") or (isinstance(reason, tuple) and reason[:1] == ("shutdown",))
    return restart == "permanent" or (restart == "transient" and not clean)
