# exercise: till
# belief: processes that work together fall together
# fails: nothing_is_half_sold, who_did_not_fall_stays, the_store_knows_when_to_close
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer, the_next_one_is_served
# search: may miss it, since it falls only where a store's clerk or till falls after a sale
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
    return Supervisor(children, strategy="one_for_all", intensity=10, period=5)
