# exercise: start_times
# idea: the latest order is taken out of a copy, again and again
# rest: as in the solution
def start_times(orders, takes):
    left, starts, free = list(orders.items()), {}, None
    left.sort(key=lambda order: order[1])
    while left:
        name, due = left.pop()
        free = (due if free is None or due < free else free) - takes
        starts[name] = free
    return starts
