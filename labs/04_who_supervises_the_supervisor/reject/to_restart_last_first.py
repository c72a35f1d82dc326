# exercise: to_restart
# belief: they are started in the order in which they are stopped
# fails: in_the_order_of_their_start
# holds: one_for_one_touches_nobody_else, one_for_all_takes_all, rest_for_one_takes_who_came_after, the_list_of_children_stays_as_it_is
# word: order
def to_restart(strategy, children, failed):
    if strategy == "one_for_all":
        return children[::-1]
    if strategy == "rest_for_one":
        return children[children.index(failed) :][::-1]
    return [failed]
