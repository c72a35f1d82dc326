# exercise: staff
# belief: when the tills can do the work nobody waits long
# fails: the_promise_is_kept
# holds: not_one_till_too_many, the_hour_and_not_the_day
# word: longer
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    return int(offered) + 1
