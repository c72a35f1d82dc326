# exercise: to_restart
# belief: only the child that failed has a reason to start again
# fails: rest_for_one_takes_who_came_after
# holds: one_for_one_touches_nobody_else, one_for_all_takes_all, in_the_order_of_their_start, the_list_of_children_stays_as_it_is
# word: yours
def to_restart(strategy, children, failed):
    return list(children) if strategy == "one_for_all" else [failed]
