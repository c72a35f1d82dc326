# exercise: measure
# belief: one day cut in pieces is as good as many days
# fails: every_seed_is_a_day_of_its_own, each_day_counts_once, the_width_comes_from_the_spread_between_days, one_day_has_no_interval
# holds: the_warm_up_is_left_out
# word: day
from math import sqrt
from statistics import mean, stdev


def measure(run, seeds, warm_up):
    waits = [waited for arrived, waited in run(seeds[0]) if arrived >= warm_up]
    means = [mean(waits[start : start + 10]) for start in range(0, len(waits), 10)]
    middle, half = mean(means), t95(len(means)) * stdev(means) / sqrt(len(means))
    return middle - half, middle, middle + half
