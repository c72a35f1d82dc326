# exercise: should_restart
# idea: match on type and reason
def should_restart(restart, reason):
    match restart, reason:
        case "permanent", _:
            return True
        case "transient", "normal" | "shutdown" | ("shutdown", _):
            return False
        case "transient", _:
            return True
    return False
