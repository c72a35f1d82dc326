"""The closing questions of chapter 5."""

from letitcrash.show import question

QUESTIONS = (
    question(
        "A call has timed out. What is known of the question?",
        ["It was not acted on", "It was acted on", "Neither: it may have been, or still be"],
        right="Neither: it may have been, or still be",
        because="The time-out ends the wait, not the work. The wine was taken off the book for customers who had gone.",
    ),
    question(
        "A server stops in good order, with *normal*, while you wait for its answer. Your call …",
        ["fails at once, with reason *normal*", "fails after five seconds", "waits for the server's successor"],
        right="fails at once, with reason *normal*",
        because="The call monitors the server. Any end without an answer is a failure, even a normal one.",
    ),
    question(
        "Log messages come faster than the logger can write. Which way to send them keeps its mailbox short?",
        ["cast", "call", "cast, with a time-out of five seconds"],
        right="call",
        because="A process that waits for an answer does not send. A cast has no answer, and so no time-out either.",
    ),
    question(
        "Milk is sold out. The shelf should …",
        ["crash: it cannot go on", "answer *sold out*", "answer an error that each caller has to check"],
        right="answer *sold out*",
        because="It happens in stores, and every caller knows what to do. That belongs to the happy case.",
    ),
    question(
        "Why does a shelf that crashes on a strange box serve more customers than one that catches the exception?",
        [
            "It restarts faster than an exception is handled",
            "It begins again from what the office knows to be true",
            "The supervisor handles the box",
        ],
        right="It begins again from what the office knows to be true",
        because="The half-made change goes with the process. If the error is caught, the half that was made stays.",
    ),
)
