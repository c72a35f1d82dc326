# exercise: measure
# idea: a helper for the day, the last seed first, a dataclass-like tuple
from collections import namedtuple
from statistics import fmean, variance

Range = namedtuple("Range", "low middle high")


def mean_wait(log, warm_up):
    kept = list(filter(lambda entry: entry[0] >= warm_up, log))
    return fmean(wait for _, wait in kept)


def measure(run, seeds, warm_up):
    means = [mean_wait(run(seed), warm_up) for seed in reversed(seeds)]
    error = (variance(means) / len(means)) ** 0.5
    middle = fmean(means)
    return Range(middle - t95(len(means)) * error, middle, middle + t95(len(means)) * error)
