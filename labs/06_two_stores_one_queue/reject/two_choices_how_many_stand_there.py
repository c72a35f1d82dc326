# exercise: two_choices
# belief: the answer is how many stand there
# fails: only_open_ones, one_open_is_enough, asks_two_not_all, as_many_draws_as_asked, as_short_as_theory
# word: should or draw or shut or it stopped or mean wait or came
def two_choices(seen, chance, d=2):
    stores = [store for store, is_open in enumerate(seen.open) if is_open]
    if not stores:
        return None
    return min(seen.inside[chance.choice(stores)] for _ in range(d))
