# exercise: ticket
# belief: all shelves hear the same, so one number is enough
# fails: not_older_than_75, thursday_too
# holds: the_office_is_not_asked_more, nobody_queues
# word: had been wrong or still wrong
LAST = [0]


async def on_news(shelf, news):
    if isinstance(news, Changed) and not missed(LAST[0], news.number):
        changes = [news]
    elif isinstance(news, Beat) and not missed(LAST[0], news.number + 1):
        changes = []
    else:
        changes = await shelf.since(LAST[0])
    for number, doc in changes:
        LAST[0] = number
        shelf.drop(doc)
