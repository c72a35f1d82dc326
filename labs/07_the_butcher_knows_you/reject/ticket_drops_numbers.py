# exercise: ticket
# belief: drop gets the news
# fails: not_older_than_75, thursday_too, the_office_is_not_asked_more, nobody_queues
# word: no document or still wrong or should be
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed) and not missed(shelf.last, news.number):
        changes = [news]
    elif isinstance(news, Beat) and not missed(shelf.last, news.number + 1):
        changes = []
    else:
        changes = await shelf.since(shelf.last)
    for each in changes:
        shelf.last = each.number
        shelf.drop(each)
