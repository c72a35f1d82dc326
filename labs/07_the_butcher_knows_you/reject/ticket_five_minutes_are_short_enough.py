# exercise: ticket
# belief: a price of five minutes ago is good enough
# fails: not_older_than_75, thursday_too, the_office_is_not_asked_more, nobody_queues
# word: wrong or questions a minute or at once or thrown away
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Changed):
        shelf.drop(news.doc)
    elif isinstance(news, Beat):
        shelf.beats = getattr(shelf, "beats", 0) + 1
        if shelf.beats % 60 == 0:
            shelf.flush()
