# exercise: staff
# belief: when the mean wait is under the limit, customers wait less than the limit
# fails: the_promise_is_kept
# holds: not_one_till_too_many, the_hour_and_not_the_day
# word: waits longer
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    tills = int(offered) + 1
    while erlang_c(offered, tills) * service / (tills - offered) > limit:
        tills += 1
    return tills
