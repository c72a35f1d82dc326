# exercise: till
# belief: three smudged labels are three restarts
# fails: the_store_knows_when_to_close
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer, nothing_is_half_sold, the_next_one_is_served, who_did_not_fall_stays
# search: may miss it, since the search leaves the intensity to the answer
# word: has closed
# rest: as in the solution
def store(Supervisor, stock, prices):
    """The tree of safe, shelf, clerk and till."""
    children = [
        Child("safe", Safe, name="safe"),
        Child("shelf", Shelf, args=(stock,), name="shelf"),
        Child("clerk", Clerk, args=(prices,), name="clerk"),
        Child("till", Till, name="till"),
    ]
    return Supervisor(children, strategy="one_for_one", intensity=3, period=5)
