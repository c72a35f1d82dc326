# exercise: ticket
# belief: the whole list has everything in it
# fails: nobody_queues
# holds: not_older_than_75, thursday_too, the_office_is_not_asked_more
# word: at once or questions a minute or fresh
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed) and not missed(shelf.last, news.number):
        changes = [news]
    elif isinstance(news, Beat) and not missed(shelf.last, news.number + 1):
        changes = []
    else:
        changes = await shelf.since(0)
    for number, doc in changes:
        shelf.last = number
        shelf.drop(doc)
