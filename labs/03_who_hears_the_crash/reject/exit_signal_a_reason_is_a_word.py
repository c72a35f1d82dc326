# exercise: exit_signal
# belief: a reason is a word
# fails: who_traps_lives_and_who_does_not_exits, the_reason_is_the_right_one
# holds: normal_ends_nobody_else, a_trapper_is_told_of_everything, nobody_traps_an_order_to_kill, a_report_of_kill_is_no_order
# word: 'tuple' object
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if reason.startswith("kill") and not linked:
        return "exits", "killed"
    if trapping:
        return "message", reason
    if reason == "normal" and not to_itself:
        return "ignored", reason
    return "exits", reason
