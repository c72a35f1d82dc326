# exercise: should_restart
# belief: shutdown is one more way to crash
# fails: shutdown_is_no_crash
# holds: permanent_means_always, temporary_means_never, transient_means_after_a_crash, to_be_killed_is_a_crash
# word: stays away
def should_restart(restart, reason):
    return restart == "permanent" or (restart == "transient" and reason != "normal")
