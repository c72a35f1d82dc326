# exercise: till
# belief: one restart in five seconds is what one has
# fails: nothing_is_half_sold, the_next_one_is_served, the_store_knows_when_to_close
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer, who_did_not_fall_stays
# word: sale
# rest: as in the solution
def store(Supervisor, stock, prices):
    """The tree of safe, shelf, clerk and till."""
    children = [
        Child("safe", Safe, name="safe"),
        Child("shelf", Shelf, args=(stock,), name="shelf"),
        Child("clerk", Clerk, args=(prices,), name="clerk"),
        Child("till", Till, name="till"),
    ]
    return Supervisor(children)
