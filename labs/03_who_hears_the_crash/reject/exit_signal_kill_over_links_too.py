# exercise: exit_signal
# belief: kill is an order wherever it comes from
# fails: a_report_of_kill_is_no_order, the_reason_is_the_right_one
# holds: normal_ends_nobody_else, who_traps_lives_and_who_does_not_exits, a_trapper_is_told_of_everything, nobody_traps_an_order_to_kill
# word: over a link
def exit_signal(reason, *, trapping, linked=False, to_itself=False):
    if reason == "kill":
        return "exits", "killed"
    if trapping:
        return "message", reason
    if reason == "normal" and not to_itself:
        return "ignored", reason
    return "exits", reason
