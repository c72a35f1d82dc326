# exercise: exit_signal
# belief: normal is ignored, trapping or not
# fails: a_trapper_is_told_of_everything
# holds: normal_ends_nobody_else, who_traps_lives_and_who_does_not_exits, nobody_traps_an_order_to_kill, a_report_of_kill_is_no_order, the_reason_is_the_right_one
# word: normal
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if reason == "kill" and not linked:
        return "exits", "killed"
    if reason == "normal" and not to_itself:
        return "ignored", reason
    if trapping:
        return "message", reason
    return "exits", reason
