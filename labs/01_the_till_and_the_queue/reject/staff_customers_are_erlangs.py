# exercise: staff
# belief: as many customers, as much work: the time at the till left out
# fails: the_promise_is_kept, not_one_till_too_many, the_hour_and_not_the_day
# holds:
# word: tills
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour]
    tills = int(offered) + 1
    while service_level(offered, tills, service, limit) < share:
        tills += 1
    return tills
