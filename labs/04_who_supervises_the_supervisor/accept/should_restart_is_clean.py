# exercise: should_restart
# idea: the library knows what is clean
def should_restart(restart, reason):
    from letitcrash.process import is_clean

    if restart == "temporary":
        return False
    return restart == "permanent" or not is_clean(reason)
