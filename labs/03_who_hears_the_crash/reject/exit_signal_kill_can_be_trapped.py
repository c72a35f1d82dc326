# exercise: exit_signal
# belief: a process that traps survives everything
# fails: nobody_traps_an_order_to_kill
# holds: normal_ends_nobody_else, who_traps_lives_and_who_does_not_exits, a_trapper_is_told_of_everything, a_report_of_kill_is_no_order, the_reason_is_the_right_one
# word: exits is what comes of it
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if trapping:
        return "message", reason
    if reason == "kill" and not linked:
        return "exits", "killed"
    if reason == "normal" and not to_itself:
        return "ignored", reason
    return "exits", reason
