# exercise: measure
# belief: a warm-up is a number of customers
# fails: the_warm_up_is_left_out
# holds: every_seed_is_a_day_of_its_own, each_day_counts_once, the_width_comes_from_the_spread_between_days, one_day_has_no_interval
# word: warm-up
from math import sqrt
from statistics import mean, stdev


def measure(run, seeds, warm_up):
    means = []
    for seed in seeds:
        log = run(seed)
        means.append(mean(waited for _, waited in log[min(warm_up, len(log) - 1) :]))
    middle, half = mean(means), t95(len(means)) * stdev(means) / sqrt(len(means))
    return middle - half, middle, middle + half
