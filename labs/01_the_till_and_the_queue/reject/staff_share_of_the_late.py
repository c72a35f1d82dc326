# exercise: staff
# belief: the share is of those who may be late
# fails: the_promise_is_kept
# holds: not_one_till_too_many, the_hour_and_not_the_day
# word: longer
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    tills = int(offered) + 1
    while 1 - service_level(offered, tills, service, limit) > share:
        tills += 1
    return tills
