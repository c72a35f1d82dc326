# exercise: to_restart
# belief: an order is the alphabet's
# fails: in_the_order_of_their_start
# holds: one_for_one_touches_nobody_else, one_for_all_takes_all, rest_for_one_takes_who_came_after, the_list_of_children_stays_as_it_is
# word: order
def to_restart(strategy, children, failed):
    if strategy == "one_for_all":
        return sorted(children)
    if strategy == "rest_for_one":
        return sorted(children[children.index(failed) :])
    return [failed]
