# exercise: ticket
# belief: the beats tell of all changes soon enough, and of nothing else
# fails: not_older_than_75, thursday_too, the_office_is_not_asked_more, nobody_queues
# word: still wrong or had been wrong
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Beat) and news.number == shelf.last + 1:
        for number, doc in await shelf.since(shelf.last):
            shelf.last = number
            shelf.drop(doc)
