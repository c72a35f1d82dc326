# exercise: start_times
# belief: orders are cut by name
# fails: no_earlier_than_it_must
# holds: ready_in_time, one_pair_of_hands, the_orders_stay_as_they_were
# word: should begin or begins at or should be
# rest: as in the solution
def start_times(orders, takes):
    starts, free_until = {}, float("inf")
    for name, due in reversed(sorted(orders.items())):
        free_until = min(due, free_until) - takes
        starts[name] = free_until
    return starts
