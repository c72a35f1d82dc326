# exercise: ticket
# belief: nobody knows what was missed, so everything goes
# fails: not_older_than_75, thursday_too, the_office_is_not_asked_more, nobody_queues
# word: at once or had been wrong or thrown away or still wrong or questions a minute
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed):
        shelf.drop(news.doc)
    elif isinstance(news, Connected):
        shelf.flush()
