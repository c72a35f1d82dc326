# exercise: to_restart
# belief: the list is mine to take apart
# fails: the_list_of_children_stays_as_it_is
# holds: one_for_one_touches_nobody_else, one_for_all_takes_all, rest_for_one_takes_who_came_after, in_the_order_of_their_start
# word: supervisor had
def to_restart(strategy, children, failed):
    if strategy == "one_for_all":
        return list(children)
    if strategy == "rest_for_one":
        while children[0] != failed:
            children.pop(0)
        return children
    return [failed]
