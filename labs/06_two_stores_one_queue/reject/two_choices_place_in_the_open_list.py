# exercise: two_choices
# belief: the open stores are numbered anew
# fails: only_open_ones, one_open_is_enough, asks_two_not_all
# holds: as_many_draws_as_asked, as_short_as_theory
# word: shut or customers got None or a customer should be
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    inside = [seen.inside[store] for store in stores]
    drawn = [chance.randrange(len(stores)) for _ in range(d)]
    return min(drawn, key=lambda place: inside[place])
