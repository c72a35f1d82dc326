# exercise: to_restart
# idea: a slice for each strategy
def to_restart(strategy, children, failed):
    place = children.index(failed)
    first = 0 if strategy == "one_for_all" else place
    last = place + 1 if strategy == "one_for_one" else len(children)
    return children[first:last]
