# exercise: start_times
# idea: the ends, accumulated from the back
from itertools import accumulate


def start_times(orders, takes):
    names = sorted(orders, key=orders.get)
    names.reverse()
    starts = accumulate(names, lambda free, name: min(free, orders[name]) - takes, initial=float("inf"))
    return dict(zip(names, list(starts)[1:], strict=True))
