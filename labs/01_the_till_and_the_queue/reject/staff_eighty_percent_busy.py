# exercise: staff
# belief: keep the tills 80 % busy, as everywhere
# fails: the_promise_is_kept, not_one_till_too_many
# holds: the_hour_and_not_the_day
# word: till
from math import ceil


def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    return max(1, ceil(offered / 0.8))
