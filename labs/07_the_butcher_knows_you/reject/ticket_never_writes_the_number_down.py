# exercise: ticket
# belief: shelf.last is the shelf's own business
# fails: the_office_is_not_asked_more, nobody_queues
# holds: not_older_than_75, thursday_too
# word: questions a minute or too often or fresh or at once
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed) and not missed(shelf.last, news.number):
        changes = [news]
    elif isinstance(news, Beat) and not missed(shelf.last, news.number + 1):
        changes = []
    else:
        changes = await shelf.since(shelf.last)
    for _, doc in changes:
        shelf.drop(doc)
