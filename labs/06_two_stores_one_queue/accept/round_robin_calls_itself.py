# exercise: round_robin
# idea: by turn with a function that calls itself; a tie by a draw for each store
def round_robin(seen, turn):
    return ahead(seen.open, turn, turn)


def ahead(lamps, store, began):
    if lamps[store]:
        return store, (store + 1) % len(lamps)
    following = (store + 1) % len(lamps)
    return (None, began) if following == began else ahead(lamps, following, began)


def least_connections(seen, chance):
    lamps = list(enumerate(seen.open))
    return min((n for n, lit in lamps if lit), key=lambda n: (seen.inside[n], chance.random()), default=None)
