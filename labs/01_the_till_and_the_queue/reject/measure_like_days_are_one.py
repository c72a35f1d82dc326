# exercise: measure
# belief: the days' means are a set, in which two days that were alike are one
# fails: agrees_with_the_library
# holds: every_seed_is_a_day_of_its_own, the_warm_up_is_left_out, each_day_counts_once, the_width_comes_from_the_spread_between_days, one_day_has_no_interval
# word: the interval should be or of one day or the mean
def measure(run, seeds, warm_up):
    means = {mean(waited for arrived, waited in run(seed) if arrived >= warm_up) for seed in seeds}
    if len(means) < 2:
        raise ValueError("one day has no spread")
    middle = mean(means)
    off = t95(len(means)) * stdev(means) / math.sqrt(len(means))
    return middle - off, middle, middle + off
