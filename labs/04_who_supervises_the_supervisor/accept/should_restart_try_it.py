# exercise: should_restart
# idea: ask the tuple, and see
def should_restart(restart, reason):
    if restart != "transient":
        return restart == "permanent"
    try:
        first, _ = reason
    except (TypeError, ValueError):
        first = None
    return not (reason == "normal" or reason == "shutdown" or (isinstance(reason, tuple) and first == "shutdown"))
