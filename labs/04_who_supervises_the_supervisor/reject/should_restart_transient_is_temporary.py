# exercise: should_restart
# belief: transient and temporary are two words for passing
# fails: transient_means_after_a_crash, shutdown_is_no_crash, to_be_killed_is_a_crash
# holds: permanent_means_always, temporary_means_never
# word: comes back
def should_restart(restart, reason):
    return restart == "permanent"
