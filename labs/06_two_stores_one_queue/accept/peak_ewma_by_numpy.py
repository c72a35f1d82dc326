# exercise: peak_ewma
# idea: numpy's exponential
import numpy as np


def peak_ewma(old, seconds, newest, memory):
    if seconds < 0.0:
        raise ValueError(f"since {seconds}")
    share = np.exp(-seconds / memory)
    return np.where(newest > old, newest, share * old + (1 - share) * newest).item()


def peak_load(old, customers, penalty=1e6):
    known = old != 0
    return old * (customers + 1) if known or customers == 0 else penalty + customers
