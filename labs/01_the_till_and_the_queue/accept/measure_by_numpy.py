# exercise: measure
# idea: arrays and their masks
import numpy as np


def measure(run, seeds, warm_up):
    days = (np.array(run(seed), dtype=float) for seed in seeds)
    means = np.array([day[day[:, 0] >= warm_up, 1].mean() for day in days])
    n = means.size
    if n < 2:
        raise ValueError(f"{n} days have no spread")
    off = t95(n) * means.std(ddof=1) / np.sqrt(n)
    middle = means.mean()
    return middle - off, middle, middle + off
