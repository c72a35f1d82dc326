# exercise: two_choices
# idea: a loop that keeps the better one; draws by a number
def two_choices(snapshot, dice, d=2):
    candidates = []
    for number in range(len(snapshot.open)):
        if snapshot.open[number]:
            candidates.append(number)
    best = None
    for _ in range(d if candidates else 0):
        drawn = candidates[int(dice.random() * len(candidates))]
        if best is None or snapshot.inside[drawn] < snapshot.inside[best]:
            best = drawn
    return best
