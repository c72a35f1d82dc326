# exercise: till
# belief: better a free egg than a broken sale
# fails: a_broken_sale_is_no_answer, nothing_is_half_sold, the_store_knows_when_to_close
# holds: everybody_pays_the_right_sum, the_next_one_is_served, who_did_not_fall_stays
# word: sale
# rest: as in the solution
class Till(Server):
    async def handle_call(self, request, caller):
        """Ask for the prices, take from the shelf, put the money away."""
        _, basket = request
        cents = 0
        for item in basket:
            try:
                cents += await call(self.me, "clerk", ("price", item))
            except CallFailed:
                basket = [other for other in basket if other != item]
        await call(self.me, "shelf", ("take", basket))
        await call(self.me, "safe", ("in", cents))
        return cents
