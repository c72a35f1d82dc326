# exercise: two_choices
# belief: chance is chance
# fails: asks_two_not_all
# holds: only_open_ones, one_open_is_enough, as_many_draws_as_asked, as_short_as_theory
# word: draw from `chance` alone
# search: may miss it, since a search compares shares, and these are right
import random


def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    drawn = [random.choice(stores) for _ in range(d)]
    return min(drawn, key=lambda store: seen.inside[store])
