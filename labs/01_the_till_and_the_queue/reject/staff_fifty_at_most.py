# exercise: staff
# belief: no store has more than fifty tills
# fails: the_hour_and_not_the_day
# holds: the_promise_is_kept, not_one_till_too_many
# word: customers an hour
# search: may miss it, since more than fifty are left to the car park, where an answer by simulation may be off by one
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    for tills in range(1, 51):
        if tills > offered and service_level(offered, tills, service, limit) >= share:
            return tills
