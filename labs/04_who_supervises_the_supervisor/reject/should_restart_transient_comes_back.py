# exercise: should_restart
# belief: every child that is not temporary comes back
# fails: transient_means_after_a_crash, shutdown_is_no_crash, to_be_killed_is_a_crash
# holds: permanent_means_always, temporary_means_never
# word: stays away
def should_restart(restart, reason):
    return restart != "temporary"
