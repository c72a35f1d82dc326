# exercise: ticket
# idea: a price that is named is dropped at once, and each beat with a new number asks for the rest
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed):
        shelf.drop(news.doc)
        if news.number == shelf.last + 1:
            shelf.last = news.number
    elif isinstance(news, Beat) and news.number != shelf.last:
        for number, doc in await shelf.since(shelf.last):
            shelf.drop(doc)
            shelf.last = number
