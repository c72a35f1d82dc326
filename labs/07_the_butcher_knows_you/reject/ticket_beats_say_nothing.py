# exercise: ticket
# belief: a beat brings no news
# fails: agrees_with_the_library
# holds: not_older_than_75, thursday_too, the_office_is_not_asked_more, nobody_queues
# word: had been wrong or still wrong
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed):
        if missed(shelf.last, news.number):
            for _, doc in await shelf.since(shelf.last):
                shelf.drop(doc)
        shelf.last = news.number
        shelf.drop(news.doc)
