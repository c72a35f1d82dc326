# exercise: exit_signal
# idea: the living are asked first
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    order = reason == "kill" and not linked
    lives = not order and (trapping or (reason == "normal" and not to_itself))
    if lives:
        return ["message" if trapping else "ignored", reason]
    return ["exits", "killed" if order else reason]
