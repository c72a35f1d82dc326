# exercise: start_times
# belief: nothing begins before second 0
# fails: one_pair_of_hands, no_earlier_than_it_must
# holds: ready_in_time, the_orders_stay_as_they_were
# word: should be begun by or one butcher or should begin or should be
# rest: as in the solution
def start_times(orders, takes):
    starts, free_until = {}, float("inf")
    for name, due in reversed(sorted(orders.items(), key=lambda order: order[1])):
        free_until = max(0.0, min(due, free_until) - takes)
        starts[name] = free_until
    return starts
