# exercise: two_choices
# belief: two choices are two different stores
# fails: one_open_is_enough, asks_two_not_all, as_many_draws_as_asked
# holds: only_open_ones, as_short_as_theory
# word: it stopped with ValueError or should get about
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    return min(chance.sample(stores, d), key=lambda store: seen.inside[store])
