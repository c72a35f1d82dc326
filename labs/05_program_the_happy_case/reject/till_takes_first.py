# exercise: till
# belief: things on the belt are sold
# fails: nothing_is_half_sold
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer, the_next_one_is_served, who_did_not_fall_stays, the_store_knows_when_to_close
# word: sale
# rest: as in the solution
class Till(Server):
    async def handle_call(self, request, caller):
        """Ask for the prices, take from the shelf, put the money away."""
        _, basket = request
        await call(self.me, "shelf", ("take", basket))
        cents = sum([await call(self.me, "clerk", ("price", item)) for item in basket])
        await call(self.me, "safe", ("in", cents))
        return cents
