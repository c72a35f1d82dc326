# exercise: two_choices
# belief: a store is always open
# fails: one_open_is_enough
# holds: only_open_ones, asks_two_not_all, as_many_draws_as_asked, as_short_as_theory
# word: it stopped with IndexError
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    return min([chance.choice(stores) for _ in range(d)], key=lambda store: seen.inside[store])
