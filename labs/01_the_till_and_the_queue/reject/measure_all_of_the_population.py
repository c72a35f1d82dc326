# exercise: measure
# belief: the spread is divided by n: these days are all the days there will ever be
# fails: the_width_comes_from_the_spread_between_days, one_day_has_no_interval
# holds: every_seed_is_a_day_of_its_own, the_warm_up_is_left_out, each_day_counts_once
# word: day
from math import sqrt
from statistics import mean, pstdev


def measure(run, seeds, warm_up):
    means = [mean(waited for arrived, waited in run(seed) if arrived >= warm_up) for seed in seeds]
    middle, half = mean(means), t95(len(means)) * pstdev(means) / sqrt(len(means))
    return middle - half, middle, middle + half
