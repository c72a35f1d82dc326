# exercise: should_restart
# belief: a reason that has normal in it is normal
# fails: transient_means_after_a_crash, shutdown_is_no_crash
# holds: permanent_means_always, temporary_means_never, to_be_killed_is_a_crash
# word: comes back
def should_restart(restart, reason):
    words = str(reason)
    clean = "normal" in words or words.startswith(("shutdown", "('shutdown'"))
    return restart == "permanent" or (restart == "transient" and not clean)
