# exercise: measure
# belief: a thousand customers are a thousand independent measurements
# fails: each_day_counts_once, the_width_comes_from_the_spread_between_days, one_day_has_no_interval
# holds: every_seed_is_a_day_of_its_own, the_warm_up_is_left_out
# word: day
from math import sqrt
from statistics import mean, stdev


def measure(run, seeds, warm_up):
    waits = [waited for seed in seeds for arrived, waited in run(seed) if arrived >= warm_up]
    middle, half = mean(waits), 1.96 * stdev(waits) / sqrt(len(waits))
    return middle - half, middle, middle + half
