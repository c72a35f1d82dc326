# exercise: round_robin
# belief: a shut store is a slow one
# fails: shut_stores_are_left_out, each_has_its_turn, the_shortest_line_is_chosen, ties_are_nobodys, all_shut_is_none
# holds: customers_wait_no_longer_than_they_must
# word: shut or it is store or inside
def round_robin(seen, turn):
    return turn, (turn + 1) % len(seen.open)


def least_connections(seen, chance):
    fewest = min(seen.inside)
    return chance.choice([store for store, inside in enumerate(seen.inside) if inside == fewest])
