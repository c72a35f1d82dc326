"""The closing questions of chapter 6."""

from letitcrash.show import question

QUESTIONS = (
    question(
        "A balancer sends each request to the server with the fewest open requests. One server answers every request "
        "with an error, at once. That server gets …",
        ["no requests: errors are failures", "its fair share", "more requests than any other"],
        right="more requests than any other",
        because="It never has an open request, so it looks idle. The number of open requests says nothing about "
        "success.",
    ),
    question(
        "A hundred servers, their loads known through a page that is refreshed every ten service times. Which rule?",
        ["the least loaded of the page", "the less loaded of two drawn at random", "the next in turn, at each client"],
        right="the less loaded of two drawn at random",
        because="It uses what was true without sending everybody to one place: 5 service times, where the best of the "
        "page makes it 22 and a coin 10.",
    ),
    question(
        "A store was left out for 30 seconds, is tried again and says sorry. The next ejection should last …",
        ["30 seconds, as before", "longer than the last one", "until somebody restarts the balancer"],
        right="longer than the last one",
        because="Each try costs a customer: always 30 seconds lost 66 on our Saturday, growing ones 18. The price is "
        "that the store stays out for a while when it is well again.",
    ),
    question(
        "Ten balancers, each counting only what it sent itself, and all choosing the fewest, are about as good as …",
        ["one balancer that knows everything", "one balancer that takes turns", "a coin"],
        right="one balancer that takes turns",
        because="2.87 service times against 2.99; one balancer that knows all has 1.36, a coin 5.",
    ),
    question(
        "The buses have long gone, the clerk works all the time, and nobody is served in time. What helps at once?",
        ["room for more people in line", "a shorter line: the others are sent away", "a longer patience on the sign"],
        right="a shorter line: the others are sent away",
        because="Everybody who is served has waited too long. With room for 50, each one in line can still be served "
        "in time.",
    ),
)
