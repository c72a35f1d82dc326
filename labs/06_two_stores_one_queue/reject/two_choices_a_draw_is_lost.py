# exercise: two_choices
# belief: two of all the stores, and the shut ones fall away
# fails: asks_two_not_all
# holds: only_open_ones, one_open_is_enough, as_many_draws_as_asked, as_short_as_theory
# word: no draw is lost
# search: may miss it, since a share is judged of 200 customers and half of the towns are all open or all shut
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    drawn = [chance.randrange(len(seen.open)) for _ in range(d)]
    drawn = [store for store in drawn if seen.open[store]] or [chance.choice(stores)]
    return min(drawn, key=lambda store: seen.inside[store])
