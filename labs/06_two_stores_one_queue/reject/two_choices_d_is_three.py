# exercise: two_choices
# belief: three are better than two
# fails: as_many_draws_as_asked, as_short_as_theory
# holds: only_open_ones, one_open_is_enough, asks_two_not_all
# word: should get about or mean wait or without d
# search: may miss it, since a search always says how many are drawn
def two_choices(seen, chance, d=3):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    return min([chance.choice(stores) for _ in range(d)], key=lambda store: seen.inside[store])
