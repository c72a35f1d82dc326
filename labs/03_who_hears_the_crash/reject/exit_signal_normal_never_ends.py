# exercise: exit_signal
# belief: normal never ends anybody
# fails: normal_ends_nobody_else
# holds: who_traps_lives_and_who_does_not_exits, a_trapper_is_told_of_everything, nobody_traps_an_order_to_kill, a_report_of_kill_is_no_order, the_reason_is_the_right_one
# word: from himself
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if reason == "kill" and not linked:
        return "exits", "killed"
    if trapping:
        return "message", reason
    return ("ignored" if reason == "normal" else "exits"), reason
