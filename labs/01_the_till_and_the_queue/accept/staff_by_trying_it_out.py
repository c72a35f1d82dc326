# exercise: staff
# idea: open the store with more and more tills, sixty thousand customers each, and count who was late
from heapq import heapify, heapreplace
from random import Random


def late_in(per_hour, service, tills, limit, customers=60_000):
    chance, now, late = Random(1), 0.0, 0
    free_at = [0.0] * tills
    heapify(free_at)
    for _ in range(customers):
        now += chance.expovariate(per_hour / 3600)
        start = max(now, free_at[0])
        late += start - now > limit
        heapreplace(free_at, start + chance.expovariate(1 / service))
    return late / customers


def staff(by_hour, hour, service, limit, share=0.95):
    tills = 1 + int(by_hour[hour] * service / 3600)
    while late_in(by_hour[hour], service, tills, limit) > 1 - share:
        tills += 1
    return tills
