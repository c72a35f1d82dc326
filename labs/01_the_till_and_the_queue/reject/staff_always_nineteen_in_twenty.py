# exercise: staff
# belief: the promise is nineteen in twenty, whatever was promised here
# fails: not_one_till_too_many
# holds: the_promise_is_kept, the_hour_and_not_the_day
# word: one till fewer
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    tills = int(offered) + 1
    while service_level(offered, tills, service, limit) < 0.95:
        tills += 1
    return tills
