# exercise: measure
# belief: one day has no spread, so its number is exact
# fails: one_day_has_no_interval
# holds: every_seed_is_a_day_of_its_own, the_warm_up_is_left_out, each_day_counts_once, the_width_comes_from_the_spread_between_days
# word: one day
from math import sqrt
from statistics import mean, stdev


def measure(run, seeds, warm_up):
    means = [mean(waited for arrived, waited in run(seed) if arrived >= warm_up) for seed in seeds]
    if len(means) == 1:
        return means[0], means[0], means[0]
    middle, half = mean(means), t95(len(means)) * stdev(means) / sqrt(len(means))
    return middle - half, middle, middle + half
