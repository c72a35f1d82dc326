# exercise: round_robin
# idea: the stores in the order of their turns; a shuffled list for a tie
def round_robin(snapshot, turn):
    everybody = list(range(len(snapshot.open)))
    for candidate in everybody[turn:] + everybody[:turn]:
        if snapshot.open[candidate]:
            return [candidate, [*everybody, 0][candidate + 1]]
    return [None, turn]


def least_connections(snapshot, dice):
    candidates = [each for each in range(len(snapshot.open)) if snapshot.open[each]]
    dice.shuffle(candidates)
    candidates.sort(key=lambda each: snapshot.inside[each])
    return candidates[0] if candidates else None
