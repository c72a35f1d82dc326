# exercise: two_choices
# idea: draws among all stores until an open one comes
def two_choices(seen, chance, d=2):
    def draw():
        while True:
            store = chance.randrange(len(seen.open))
            if seen.open[store]:
                return store

    if not any(seen.open):
        return None
    return sorted([draw() for _ in range(d)], key=lambda store: seen.inside[store])[0]
