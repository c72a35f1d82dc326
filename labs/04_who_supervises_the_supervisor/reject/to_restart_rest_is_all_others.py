# exercise: to_restart
# belief: the rest of rest_for_one are the others
# fails: rest_for_one_takes_who_came_after
# holds: one_for_one_touches_nobody_else, one_for_all_takes_all, in_the_order_of_their_start, the_list_of_children_stays_as_it_is
# word: yours
def to_restart(strategy, children, failed):
    """The children to restart, in start order, when `failed` exits."""
    if strategy in ("one_for_all", "rest_for_one"):
        return list(children)
    if strategy == "rest_for_one":
        return children[children.index(failed) :]
    return [failed]
