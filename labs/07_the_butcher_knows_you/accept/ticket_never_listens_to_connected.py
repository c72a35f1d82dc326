# exercise: ticket
# idea: the numbers tell everything, so Connected is not needed
# rest: as in the solution
async def on_news(shelf, news):
    if not isinstance(news, Connected):
        newest = news.number
        if newest > shelf.last + isinstance(news, Changed):
            changes = await shelf.since(shelf.last)
        else:
            changes = [news] if isinstance(news, Changed) else []
        for change in changes:
            shelf.drop(change.doc)
        shelf.last = max(shelf.last, newest)
