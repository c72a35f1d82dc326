# exercise: to_restart
# belief: the child that failed is the most urgent
# fails: in_the_order_of_their_start
# holds: one_for_one_touches_nobody_else, one_for_all_takes_all, rest_for_one_takes_who_came_after, the_list_of_children_stays_as_it_is
# word: order
def to_restart(strategy, children, failed):
    """The children to restart, in start order, when `failed` exits."""
    if strategy == "one_for_all":
        return [failed, *(child for child in children if child != failed)]
    if strategy == "rest_for_one":
        return children[children.index(failed) :]
    return [failed]
