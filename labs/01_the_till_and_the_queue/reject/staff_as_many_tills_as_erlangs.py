# exercise: staff
# belief: twenty erlangs of work keep twenty tills busy, and no more are needed to begin with
# fails: the_promise_is_kept, not_one_till_too_many, agrees_with_the_library
# holds: the_hour_and_not_the_day
# word: the line grows for ever
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    tills = math.ceil(offered)
    while service_level(offered, tills, service, limit) < share:
        tills += 1
    return tills
