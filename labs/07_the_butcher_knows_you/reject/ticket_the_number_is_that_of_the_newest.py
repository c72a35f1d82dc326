# exercise: ticket
# belief: the newest number is the one to keep
# fails: not_older_than_75, thursday_too
# holds: the_office_is_not_asked_more, nobody_queues
# word: had been wrong or still wrong
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed):
        shelf.drop(news.doc)
        shelf.last = news.number
    elif isinstance(news, Beat):
        shelf.last = news.number
    else:
        for number, doc in await shelf.since(shelf.last):
            shelf.last = number
            shelf.drop(doc)
