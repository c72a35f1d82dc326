# exercise: staff
# belief: ten was right on Friday
# fails: the_promise_is_kept, not_one_till_too_many, the_hour_and_not_the_day
# holds:
# word: tills
def staff(by_hour, hour, service, limit, share=0.95):
    return 10
