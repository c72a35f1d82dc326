# exercise: till
# belief: the money is in the till
# fails: everybody_pays_the_right_sum, nothing_is_half_sold, who_did_not_fall_stays
# holds: a_broken_sale_is_no_answer, the_next_one_is_served, the_store_knows_when_to_close
# word: sale
# rest: as in the solution
class Till(Server):
    async def handle_call(self, request, caller):
        """Ask for the prices, take from the shelf, put the money away."""
        _, basket = request
        cents = sum([await call(self.me, "clerk", ("price", item)) for item in basket])
        await call(self.me, "shelf", ("take", basket))
        self.cents = getattr(self, "cents", 0) + cents
        return cents
