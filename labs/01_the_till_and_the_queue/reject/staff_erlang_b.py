# exercise: staff
# belief: one in twenty finds every till taken: that is Erlang B
# fails: not_one_till_too_many
# holds: the_promise_is_kept, the_hour_and_not_the_day
# word: one till fewer
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600
    tills = 1
    while erlang_b(offered, tills) > 1 - share:
        tills += 1
    return tills
