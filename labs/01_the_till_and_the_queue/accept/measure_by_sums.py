# exercise: measure
# idea: sums and squares, no statistics module
def measure(run, seeds, warm_up):
    if len(seeds) < 2:
        raise ValueError("one day says nothing about how much days differ")
    days = []
    for seed in seeds:
        counted = [entry[1] for entry in run(seed) if not entry[0] < warm_up]
        days.append(sum(counted) / len(counted))
    number = len(days)
    middle = sum(days) / number
    spread = sum((day - middle) ** 2 for day in days) / (number - 1)
    reach = t95(number) * (spread / number) ** 0.5
    return [middle - reach, middle, middle + reach]
