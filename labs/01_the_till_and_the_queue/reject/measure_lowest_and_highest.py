# exercise: measure
# belief: the interval is the best and the worst day
# fails: the_width_comes_from_the_spread_between_days, one_day_has_no_interval
# holds: every_seed_is_a_day_of_its_own, the_warm_up_is_left_out, each_day_counts_once
# word: day
from statistics import mean


def measure(run, seeds, warm_up):
    means = [mean(waited for arrived, waited in run(seed) if arrived >= warm_up) for seed in seeds]
    return min(means), mean(means), max(means)
