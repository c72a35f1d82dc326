# exercise: ticket
# belief: since gives the one that I know, too
# fails: not_older_than_75, thursday_too
# holds: the_office_is_not_asked_more, nobody_queues
# word: had been wrong or still wrong
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed) and not missed(shelf.last, news.number):
        changes = [news]
    elif isinstance(news, Beat) and not missed(shelf.last, news.number + 1):
        changes = []
    else:
        changes = (await shelf.since(shelf.last))[1:]
    for number, doc in changes:
        shelf.last = number
        shelf.drop(doc)
