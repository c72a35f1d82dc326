# exercise: measure
# belief: 1.96 is the number, however few days there are
# fails: the_width_comes_from_the_spread_between_days
# holds: every_seed_is_a_day_of_its_own, the_warm_up_is_left_out, each_day_counts_once, one_day_has_no_interval
# word: wide
from math import sqrt
from statistics import mean, stdev


def measure(run, seeds, warm_up):
    means = [mean(waited for arrived, waited in run(seed) if arrived >= warm_up) for seed in seeds]
    middle, half = mean(means), 1.96 * stdev(means) / sqrt(len(means))
    return middle - half, middle, middle + half
