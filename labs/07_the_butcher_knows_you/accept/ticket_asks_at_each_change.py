# exercise: ticket
# idea: each change is asked for, and so is each beat that is ahead
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Beat) and news.number <= shelf.last:
        return
    for each in await shelf.since(shelf.last):
        shelf.drop(each.doc)
        shelf.last = max(shelf.last, each.number)
