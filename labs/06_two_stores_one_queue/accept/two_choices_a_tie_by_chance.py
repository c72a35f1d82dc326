# exercise: two_choices
# idea: of equal ones that were drawn chance takes one
def two_choices(seen, chance, d=2):
    stores = [store for store in range(len(seen.open)) if seen.open[store]]
    if stores == []:
        return None
    drawn = [stores[chance.randrange(len(stores))] for _ in range(d)]
    fewest = min(seen.inside[store] for store in drawn)
    return chance.choice([store for store in drawn if seen.inside[store] == fewest])
