"""A closed network: a fixed number of callers who pause, ask one server, wait for it, and pause again."""

from letitcrash.queueing import checks


def closed_network_time(callers: int, service: float, pause: float) -> float:
    """Seconds from question to answer on average, with exponential service and pauses: M/M/1//N.

    By mean value analysis: a caller who asks finds the mean number of questions that a network with one caller less
    has (Reiser and Lavenberg 1980).

    >>> closed_network_time(1, service=2, pause=10)
    2.0
    >>> round(closed_network_time(6, service=2, pause=10), 2)
    4.85
    """
    callers = checks.whole("callers", callers, least=1)
    service, pause = checks.number("service", service, more=True), checks.number("pause", pause)
    waiting = 0.0
    for number in range(1, callers + 1):
        time = service * (1 + waiting)
        waiting = number * time / (pause + time)
    return time
