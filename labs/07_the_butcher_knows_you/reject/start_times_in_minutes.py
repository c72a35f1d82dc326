# exercise: start_times
# belief: each takes so many minutes
# fails: no_earlier_than_it_must
# holds: ready_in_time, one_pair_of_hands, the_orders_stay_as_they_were
# word: should begin or should be
# rest: as in the solution
def start_times(orders, takes):
    starts, free_until = {}, float("inf")
    for name, due in reversed(sorted(orders.items(), key=lambda order: order[1])):
        free_until = min(due, free_until) - takes * 60
        starts[name] = free_until
    return starts
