"""The closing questions of chapter 2."""

from letitcrash.show import question

QUESTIONS = (
    question(
        "In a mailbox are cast, reply, cast, reply. The process receives a reply, then anything. What does it get?",
        ["reply, reply", "reply, cast", "cast, reply"],
        right="reply, cast",
        because="First the oldest reply; then the oldest of the rest, since the messages passed over have not moved.",
    ),
    question(
        "A try around each customer catches every exception. Why is the store not safe yet?",
        [
            "Exceptions are too slow",
            "Some exceptions cannot be caught",
            "A change that was half done stays half done",
        ],
        right="A change that was half done stays half done",
        because="An exception undoes the calls, not the changes. Share nothing, and half a change dies with its owner.",
    ),
    question(
        "What does a receive with a time-out of 0 do?",
        ["It waits for ever", "It looks once and goes on", "It takes the newest message"],
        right="It looks once and goes on",
        because="It takes a message that is there and matches; if none is, it gives Timeout() in the same instant.",
    ),
    question(
        "A customer dies at the till. How does the clerk of this chapter know?",
        ["The customer's process says so", "The runtime tells the clerk", "Not at all: the clerk stops waiting"],
        right="Not at all: the clerk stops waiting",
        because="A time-out is a guess. From inside a mailbox, dead and slow look the same.",
    ),
    question(
        "Each of 1,000 calls is a process, and one of them runs into a bug. How many calls are lost?",
        ["1", "about half", "1,000"],
        right="1",
        because="Nothing is shared, so there is nothing to break for the other 999.",
    ),
)
