# exercise: start_times
# idea: the last one, and then the others as if they were due when it begins
# rest: as in the solution
def start_times(orders, takes):
    if not orders:
        return {}
    *others, last = sorted(orders, key=lambda name: orders[name])
    start = orders[last] - takes
    earlier = {name: min(orders[name], start) for name in orders if name in others}
    ordered = {name: earlier[name] for name in others}
    return {**start_times(ordered, takes), last: start}
