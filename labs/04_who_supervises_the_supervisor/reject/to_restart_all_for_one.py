# exercise: to_restart
# belief: one for one: one fails for each one
# fails: one_for_one_touches_nobody_else
# holds: one_for_all_takes_all, rest_for_one_takes_who_came_after, in_the_order_of_their_start, the_list_of_children_stays_as_it_is
# word: yours
def to_restart(strategy, children, failed):
    return children[children.index(failed) :] if strategy == "rest_for_one" else list(children)
