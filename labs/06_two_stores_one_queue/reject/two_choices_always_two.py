# exercise: two_choices
# belief: two choices are two
# fails: as_many_draws_as_asked
# holds: only_open_ones, one_open_is_enough, asks_two_not_all, as_short_as_theory
# word: d = 1 or d = 3
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    drawn = [chance.choice(stores) for _ in range(2)]
    return min(drawn, key=lambda store: seen.inside[store])
