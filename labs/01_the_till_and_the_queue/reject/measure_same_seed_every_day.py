# exercise: measure
# belief: a seed is a lucky number: one is enough, the others are the same day again
# fails: every_seed_is_a_day_of_its_own, each_day_counts_once, the_width_comes_from_the_spread_between_days
# holds: the_warm_up_is_left_out, one_day_has_no_interval
# word: days
from math import sqrt
from statistics import mean, stdev


def measure(run, seeds, warm_up):
    means = [mean(waited for arrived, waited in run(seeds[0]) if arrived >= warm_up) for _ in seeds]
    middle, half = mean(means), t95(len(means)) * stdev(means) / sqrt(len(means))
    return middle - half, middle, middle + half
