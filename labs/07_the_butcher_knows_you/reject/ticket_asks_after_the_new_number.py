# exercise: ticket
# belief: ask for what comes after the number that has come
# fails: not_older_than_75, thursday_too
# holds: the_office_is_not_asked_more, nobody_queues
# word: had been wrong or still wrong
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Connected):
        return
    if isinstance(news, Changed):
        shelf.drop(news.doc)
    if news.number > shelf.last + 1:
        for _, doc in await shelf.since(news.number):
            shelf.drop(doc)
    shelf.last = news.number
