# exercise: ticket
# belief: news says what has changed, and that is enough
# fails: not_older_than_75, thursday_too
# holds: the_office_is_not_asked_more, nobody_queues
# word: had been wrong or still wrong
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed):
        shelf.last = news.number
        shelf.drop(news.doc)
