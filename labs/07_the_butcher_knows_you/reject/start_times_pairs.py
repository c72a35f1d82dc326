# exercise: start_times
# belief: a plan is a list of names and seconds
# fails: ready_in_time, one_pair_of_hands, no_earlier_than_it_must, the_orders_stay_as_they_were
# word: should return a dict or should be
# rest: as in the solution
def start_times(orders, takes):
    starts, free_until = [], float("inf")
    for name, due in reversed(sorted(orders.items(), key=lambda order: order[1])):
        free_until = min(due, free_until) - takes
        starts.append((name, free_until))
    return starts
