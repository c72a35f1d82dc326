# exercise: exit_signal
# belief: every signal ends a process that does not trap
# fails: normal_ends_nobody_else, a_trapper_is_told_of_everything
# holds: who_traps_lives_and_who_does_not_exits, nobody_traps_an_order_to_kill, a_report_of_kill_is_no_order, the_reason_is_the_right_one
# word: reaches Bob
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if reason == "kill" and not linked:
        return "exits", "killed"
    return ("message" if trapping else "exits"), reason
