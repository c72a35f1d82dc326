# exercise: start_times
# belief: each cut begins when it takes so long before it is due
# fails: one_pair_of_hands, no_earlier_than_it_must
# holds: ready_in_time, the_orders_stay_as_they_were
# word: one butcher or should begin or a start at
# rest: as in the solution
def start_times(orders, takes):
    return {name: due - takes for name, due in orders.items()}
