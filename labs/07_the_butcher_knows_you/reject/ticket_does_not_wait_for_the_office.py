# exercise: ticket
# belief: since gives the list at once
# fails: not_older_than_75, thursday_too, the_office_is_not_asked_more, nobody_queues
# word: coroutine
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed) and not missed(shelf.last, news.number):
        changes = [news]
    elif isinstance(news, Beat) and not missed(shelf.last, news.number + 1):
        changes = []
    else:
        changes = shelf.since(shelf.last)
    for number, doc in changes:
        shelf.last = number
        shelf.drop(doc)
