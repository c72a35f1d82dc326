# exercise: round_robin
# belief: a coin between the best so far and the next one is fair to all
# fails: ties_are_nobodys
# holds: shut_stores_are_left_out, each_has_its_turn, the_shortest_line_is_chosen, all_shut_is_none, customers_wait_no_longer_than_they_must
# word: by chance
# search: a coin among three shows only in many customers, and few of the drawn doors ask often
# rest: as in the solution
def least_connections(seen, chance):
    best = None
    for store, is_open in enumerate(seen.open):
        if not is_open:
            continue
        shorter = best is None or seen.inside[store] < seen.inside[best]
        if shorter or (seen.inside[store] == seen.inside[best] and chance.random() < 0.5):
            best = store
    return best
