# exercise: ticket
# belief: asking is safe
# fails: the_office_is_not_asked_more
# holds: not_older_than_75, thursday_too, nobody_queues
# word: questions a minute or too often
# rest: as in the solution
async def on_news(shelf, news):
    for number, doc in await shelf.since(shelf.last):
        shelf.last = number
        shelf.drop(doc)
