# exercise: measure
# belief: seeds are 0, 1, 2 and so on, whatever was asked: right by luck in the notebook
# fails: every_seed_is_a_day_of_its_own, the_warm_up_is_left_out, each_day_counts_once, the_width_comes_from_the_spread_between_days
# holds: one_day_has_no_interval
# word: days
from math import sqrt
from statistics import mean, stdev


def measure(run, seeds, warm_up):
    means = [mean(waited for _, waited in run(number)) for number in range(len(seeds))]
    middle, half = mean(means), t95(len(means)) * stdev(means) / sqrt(len(means))
    return middle - half, middle, middle + half
