# exercise: till
# belief: the money is in the till
# fails: everybody_pays_the_right_sum, nothing_is_half_sold, who_did_not_fall_stays
# holds: a_broken_sale_is_no_answer, the_next_one_is_served, the_store_knows_when_to_close
# word: sale
class Till(Server):
    """Sells: ("sell", basket) gives the sum in cents."""

    async def handle_call(self, request, caller):
        """Ask for the prices, take from the shelf, put the money away."""
        _, basket = request
        cents = sum([await call(self.me, "clerk", ("price", item)) for item in basket])
        await call(self.me, "shelf", ("take", basket))
        self.cents = getattr(self, "cents", 0) + cents
        return cents


def store(Supervisor, stock, prices):
    """The tree of safe, shelf, clerk and till."""
    children = [
        Child("safe", Safe, name="safe"),
        Child("shelf", Shelf, args=(stock,), name="shelf"),
        Child("clerk", Clerk, args=(prices,), name="clerk"),
        Child("till", Till, name="till"),
    ]
    return Supervisor(children, strategy="one_for_one", intensity=10, period=5)
