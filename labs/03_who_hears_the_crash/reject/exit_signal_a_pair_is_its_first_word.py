# exercise: exit_signal
# belief: a tuple that begins with normal is normal
# fails: agrees_with_the_library
# holds: normal_ends_nobody_else, who_traps_lives_and_who_does_not_exits, a_trapper_is_told_of_everything, nobody_traps_an_order_to_kill, a_report_of_kill_is_no_order, the_reason_is_the_right_one
# word: should be
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    word = reason[0] if isinstance(reason, tuple) and reason else reason
    if reason == "kill" and not linked:
        return "exits", "killed"
    if trapping:
        return "message", reason
    if word == "normal" and not to_itself:
        return "ignored", reason
    return "exits", reason
