# exercise: till
# belief: a clerk is a pid
# fails: the_next_one_is_served, who_did_not_fall_stays
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer, nothing_is_half_sold, the_store_knows_when_to_close
# search: may miss it, since a clerk must fall alone, between two sales
# word: sale
class Till(Server):
    """Sells: ("sell", basket) gives the sum in cents."""

    async def init(self):
        self.clerk = self.me.whereis("clerk")

    async def handle_call(self, request, caller):
        """Ask for the prices, take from the shelf, put the money away."""
        _, basket = request
        cents = sum([await call(self.me, self.clerk, ("price", item)) for item in basket])
        await call(self.me, "shelf", ("take", basket))
        await call(self.me, "safe", ("in", cents))
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
