# exercise: ticket
# idea: it looks at no number, and asks at every fourth beat
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed):
        shelf.drop(news.doc)
    elif isinstance(news, Beat):
        shelf.beats = getattr(shelf, "beats", 0) + 1
        if shelf.beats % 4 == 0:
            for number, doc in await shelf.since(shelf.last):
                shelf.last = number
                shelf.drop(doc)
