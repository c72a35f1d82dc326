# exercise: two_choices
# belief: of two equal ones the lesser number
# fails: asks_two_not_all
# holds: only_open_ones, one_open_is_enough, as_many_draws_as_asked, as_short_as_theory
# word: should get about
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    drawn = [chance.choice(stores) for _ in range(d)]
    return min(drawn, key=lambda store: (seen.inside[store], store))
