# exercise: start_times
# belief: all are ready when the first is due
# fails: no_earlier_than_it_must
# holds: ready_in_time, one_pair_of_hands, the_orders_stay_as_they_were
# word: should begin or should be
# rest: as in the solution
def start_times(orders, takes):
    starts, end = {}, min(orders.values(), default=0)
    for name in reversed(sorted(orders, key=lambda name: orders[name])):
        end -= takes
        starts[name] = end
    return starts
