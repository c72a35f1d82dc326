# exercise: exit_signal
# belief: a process that is killed exits with kill
# fails: the_reason_is_the_right_one
# holds: normal_ends_nobody_else, who_traps_lives_and_who_does_not_exits, a_trapper_is_told_of_everything, nobody_traps_an_order_to_kill, a_report_of_kill_is_no_order
# word: killed
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if reason == "kill" and not linked:
        return "exits", "kill"
    if trapping:
        return "message", reason
    if reason == "normal" and not to_itself:
        return "ignored", reason
    return "exits", reason
