# exercise: till
# idea: the clerk takes the till along: one bad sale is one restart
class Till(Server):
    async def handle_call(self, request, caller):
        word, basket = request
        assert word == "sell", request
        prices = []
        for item in basket:
            prices.append(await self.ask("clerk", "price", item))
        await self.ask("shelf", "take", basket)
        await self.ask("safe", "in", sum(prices))
        return sum(prices)

    async def ask(self, whom, *words):
        return await call(self.me, whom, words)


def store(Supervisor, stock, prices):
    names = {"safe": (Safe, ()), "shelf": (Shelf, (stock,)), "clerk": (Clerk, (prices,)), "till": (Till, ())}
    children = [Child(name, start, args=args, name=name) for name, (start, args) in names.items()]
    return Supervisor(children, strategy="rest_for_one", intensity=5, period=5)
