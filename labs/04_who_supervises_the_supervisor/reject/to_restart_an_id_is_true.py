# exercise: to_restart
# belief: an id is true
# fails: agrees_with_the_library
# holds: one_for_one_touches_nobody_else, one_for_all_takes_all, rest_for_one_takes_who_came_after, in_the_order_of_their_start, the_list_of_children_stays_as_it_is
# word: should be
def to_restart(strategy, children, failed):
    place = children.index(failed)
    named = children if strategy == "one_for_all" else children[place:] if strategy == "rest_for_one" else [failed]
    return [child for child in named if child]
