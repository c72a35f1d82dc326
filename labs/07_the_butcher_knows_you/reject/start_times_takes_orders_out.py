# exercise: start_times
# belief: an order that is planned is taken out
# fails: the_orders_stay_as_they_were
# holds: ready_in_time, one_pair_of_hands, no_earlier_than_it_must
# word: you changed or orders as they were given
# rest: as in the solution
def start_times(orders, takes):
    starts, free_until = {}, float("inf")
    while orders:
        name = max(reversed(orders), key=lambda each: orders[each])
        free_until = min(orders.pop(name), free_until) - takes
        starts[name] = free_until
    return starts
