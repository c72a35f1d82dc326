# exercise: staff
# belief: five o'clock needs what the day needs on average
# fails: the_hour_and_not_the_day
# holds: the_promise_is_kept, not_one_till_too_many
# word: the day's average
def staff(by_hour, hour, service, limit, share=0.95):
    offered = sum(by_hour.values()) / len(by_hour) * service / 3600
    tills = int(offered) + 1
    while service_level(offered, tills, service, limit) < share:
        tills += 1
    return tills
