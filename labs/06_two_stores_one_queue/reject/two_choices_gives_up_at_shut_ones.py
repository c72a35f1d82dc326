# exercise: two_choices
# belief: a shut store that was drawn is bad luck
# fails: only_open_ones, one_open_is_enough, asks_two_not_all
# holds: as_many_draws_as_asked, as_short_as_theory
# word: got None or no draw is lost
def two_choices(seen, chance, d=2):
    drawn = [chance.randrange(len(seen.open)) for _ in range(d)]
    drawn = [store for store in drawn if seen.open[store]]
    return min(drawn, key=lambda store: seen.inside[store]) if drawn else None
