# exercise: ticket
# idea: a match with one case for each kind of news
async def catch_up(shelf):
    news = await shelf.since(shelf.last)
    for each in news:
        shelf.drop(each.doc)
    if news:
        shelf.last = news[-1].number


async def on_news(shelf, news):
    match news:
        case Connected():
            await catch_up(shelf)
        case Beat(number):
            if number > shelf.last:
                await catch_up(shelf)
        case Changed(number, doc):
            if number == shelf.last + 1:
                shelf.drop(doc)
                shelf.last = number
            else:
                await catch_up(shelf)
