# exercise: till
# belief: a basket holds each item once
# fails: agrees_with_the_library
# holds: everybody_pays_the_right_sum, a_broken_sale_is_no_answer, nothing_is_half_sold, the_next_one_is_served, who_did_not_fall_stays, the_store_knows_when_to_close
# word: should come of it
# rest: as in the solution
class Till(Server):
    async def handle_call(self, request, caller):
        """Ask for the prices, take from the shelf, put the money away."""
        match request:
            case ("sell", basket):
                basket = list(set(basket))
                cents = sum([await call(self.me, "clerk", ("price", item)) for item in basket])
                await call(self.me, "shelf", ("take", basket))
                await call(self.me, "safe", ("in", cents))
                return cents
