# exercise: staff
# belief: of those who wait, nineteen in twenty: the others do not count
# fails: not_one_till_too_many
# holds: the_promise_is_kept, the_hour_and_not_the_day
# word: one till fewer
from math import exp


def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    tills = int(offered) + 1
    while exp(-(tills - offered) * limit / service) > 1 - share:
        tills += 1
    return tills
