# exercise: start_times
# belief: the butcher begins with the first, and goes on
# fails: no_earlier_than_it_must
# holds: ready_in_time, one_pair_of_hands, the_orders_stay_as_they_were
# word: should begin or should be
# rest: as in the solution
def start_times(orders, takes):
    starts, free = {}, None
    for name, due in sorted(orders.items(), key=lambda order: order[1]):
        free = due - takes * len(orders) if free is None else free
        starts[name] = free
        free += takes
    return starts
