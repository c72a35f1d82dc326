# exercise: till
# belief: an `if` does what a `match` does: what the till does not understand is answered with None
# fails: agrees_with_the_library
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer, nothing_is_half_sold, the_next_one_is_served, who_did_not_fall_stays, the_store_knows_when_to_close
# word: no case fits
class Till(Server):
    async def handle_call(self, request, caller):
        if request[0] == "sell":
            basket = request[1]
            cents = sum([await call(self.me, "clerk", ("price", item)) for item in basket])
            await call(self.me, "shelf", ("take", basket))
            await call(self.me, "safe", ("in", cents))
            return cents


def store(Supervisor, stock, prices):
    return Supervisor(
        [
            Child("safe", Safe, name="safe"),
            Child("shelf", Shelf, args=(stock,), name="shelf"),
            Child("clerk", Clerk, args=(prices,), name="clerk"),
            Child("till", Till, name="till"),
        ],
        strategy="one_for_one",
        intensity=8,
        period=5,
    )
