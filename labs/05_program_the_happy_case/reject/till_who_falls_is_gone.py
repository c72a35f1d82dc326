# exercise: till
# belief: a clerk who has fallen is not wanted any more
# fails: nothing_is_half_sold, the_next_one_is_served, who_did_not_fall_stays, the_store_knows_when_to_close
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer
# word: sale
# rest: as in the solution
def store(Supervisor, stock, prices):
    """The tree of safe, shelf, clerk and till."""
    children = [
        Child("safe", Safe, name="safe"),
        Child("shelf", Shelf, args=(stock,), name="shelf"),
        Child("clerk", Clerk, args=(prices,), name="clerk", restart="temporary"),
        Child("till", Till, name="till", restart="temporary"),
    ]
    return Supervisor(children, strategy="one_for_one", intensity=10, period=5)
