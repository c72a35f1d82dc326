# exercise: two_choices
# idea: d choices are one against d - 1
def two_choices(seen, chance, d=2):
    stores = tuple(store for store, is_open in enumerate(seen.open) if is_open)
    return shorter(seen.inside, stores, chance, d) if stores else None


def shorter(inside, stores, chance, d):
    drawn = chance.choice(stores)
    if d == 1:
        return drawn
    other = shorter(inside, stores, chance, d - 1)
    return drawn if inside[drawn] <= inside[other] else other
