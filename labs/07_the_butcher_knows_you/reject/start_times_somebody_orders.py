# exercise: start_times
# belief: there is always somebody
# fails: the_orders_stay_as_they_were
# holds: ready_in_time, one_pair_of_hands, no_earlier_than_it_must
# word: StopIteration or ValueError or IndexError
# search: cannot see it, since somebody orders in each of its mornings
# rest: as in the solution
def start_times(orders, takes):
    last = max(orders, key=lambda name: orders[name])
    starts, free_until = {}, orders[last]
    for name, due in reversed(sorted(orders.items(), key=lambda order: order[1])):
        free_until = min(due, free_until) - takes
        starts[name] = free_until
    return starts
