# exercise: exit_signal
# belief: a process that traps exits is one that exits
# fails: who_traps_lives_and_who_does_not_exits, a_trapper_is_told_of_everything, nobody_traps_an_order_to_kill, a_report_of_kill_is_no_order
# holds: normal_ends_nobody_else, the_reason_is_the_right_one
# word: reaches Bob
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if reason == "kill" and not linked:
        return "exits", "killed"
    if not trapping and reason != "normal":
        return "message", reason
    if reason == "normal" and not to_itself and not trapping:
        return "ignored", reason
    return "exits", reason
