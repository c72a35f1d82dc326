# exercise: start_times
# belief: there is one order for each time
# fails: ready_in_time, one_pair_of_hands, no_earlier_than_it_must, the_orders_stay_as_they_were
# word: is not in your plan or should be or not in the plan
# rest: as in the solution
def start_times(orders, takes):
    names = {due: name for name, due in orders.items()}
    starts, free_until = {}, float("inf")
    for due in sorted(names, reverse=True):
        free_until = min(due, free_until) - takes
        starts[names[due]] = free_until
    return starts
