# exercise: till
# idea: the clerks who sell stand in a supervisor of their own, below the one of the safe
class Till(Server):
    async def handle_call(self, request, caller):
        match request:
            case ("sell", basket):
                cents = 0
                for item in basket:
                    cents += await call(self.me, "clerk", ("price", item))
                await call(self.me, "shelf", ("take", basket))
                await call(self.me, "safe", ("in", cents))
                return Reply(cents)


def store(Supervisor, stock, prices):
    selling = Supervisor(
        [Child("clerk", Clerk, args=(prices,), name="clerk"), Child("till", Till, name="till")],
        strategy="one_for_all",
        intensity=4,
        period=4,
    )
    things = [Child("safe", Safe, name="safe"), Child("shelf", Shelf, (stock,), name="shelf")]
    return Supervisor([*things, Child("selling", selling)], intensity=0)
