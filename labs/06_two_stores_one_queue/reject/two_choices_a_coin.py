# exercise: two_choices
# belief: any open store will do
# fails: asks_two_not_all, as_many_draws_as_asked, as_short_as_theory
# holds: only_open_ones, one_open_is_enough
# word: should get about or d = or mean wait
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    return chance.choice(stores)
