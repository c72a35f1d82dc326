# exercise: exit_signal
# idea: match on the three facts
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    match reason, linked, trapping:
        case "kill", False, _:
            return "exits", "killed"
        case _, _, True:
            return "message", reason
        case "normal", _, _ if not to_itself:
            return "ignored", reason
    return ("exits", reason)
