# exercise: ticket
# belief: a gap in the numbers means that everything may be wrong
# fails: the_office_is_not_asked_more, nobody_queues
# holds: not_older_than_75, thursday_too
# word: at once or thrown away or questions a minute
# rest: as in the solution
async def on_news(shelf, news):
    if isinstance(news, Connected):
        return
    beat = isinstance(news, Beat)
    if missed(shelf.last, news.number + beat):
        shelf.flush()
    elif not beat:
        shelf.drop(news.doc)
    shelf.last = max(shelf.last, news.number)
