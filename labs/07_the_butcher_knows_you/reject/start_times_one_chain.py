# exercise: start_times
# belief: the butcher works without a rest up to the last
# fails: one_pair_of_hands, no_earlier_than_it_must
# holds: ready_in_time, the_orders_stay_as_they_were
# word: one butcher or should begin or should be
# rest: as in the solution
def start_times(orders, takes):
    starts, end = {}, max(orders.values(), default=0)
    for name, due in reversed(sorted(orders.items(), key=lambda order: order[1])):
        end -= takes
        starts[name] = min(end, due - takes)
    return starts
