# exercise: start_times
# belief: the plan says when each is ready
# fails: ready_in_time, no_earlier_than_it_must
# holds: one_pair_of_hands, the_orders_stay_as_they_were
# word: should be begun by or should begin or should be
# rest: as in the solution
def start_times(orders, takes):
    ends, free_until = {}, float("inf")
    for name, due in reversed(sorted(orders.items(), key=lambda order: order[1])):
        ends[name] = min(due, free_until)
        free_until = ends[name] - takes
    return ends
