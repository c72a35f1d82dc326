# exercise: round_robin
# belief: the open stores are numbered anew
# fails: shut_stores_are_left_out, each_has_its_turn, the_shortest_line_is_chosen, ties_are_nobodys, all_shut_is_none
# holds: customers_wait_no_longer_than_they_must
# word: shut or should be sent or say None or it stopped or should get about or it is store
def round_robin(seen, turn):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None, turn
    place = turn % len(stores)
    return place, (place + 1) % len(stores)


def least_connections(seen, chance):
    inside = [inside for inside, is_open in zip(seen.inside, seen.open, strict=True) if is_open]
    if not inside:
        return None
    return chance.choice([place for place, each in enumerate(inside) if each == min(inside)])
