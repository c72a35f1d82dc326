"""The closing questions of chapter 1."""

from letitcrash.show import question

QUESTIONS = (
    question(
        "A till's load goes from 0.90 to 0.95. The mean time in the store …",
        ["grows by 5 %", "grows by half", "doubles"],
        right="doubles",
        because="The idle share falls from 0.10 to 0.05, and the time is one over it: 10 service times, then 20.",
    ),
    question(
        "47 people are in line, and the tills finish 150 an hour. A customer who joins now waits about …",
        ["3 minutes", "19 minutes", "47 minutes"],
        right="19 minutes",
        because="Little's law read backwards: 47 heads over 150 an hour is 0.31 of an hour.",
    ),
    question(
        "Load 0.8, the mean basket as before, but c² goes from 1 to 4. Five service times from door to door become …",
        ["5", "8", "11"],
        right="11",
        because="The four service times in line are multiplied by (1 + 4) / (1 + 1): ten. The one at the till stays.",
    ),
    question(
        "The manager's rule for opening tills is good, but she looks up only every half hour. What happens?",
        [
            "Fewer changes, otherwise the same",
            "Long lines and higher wages, both",
            "Longer lines, but lower wages",
        ],
        right="Long lines and higher wages, both",
        because="Tills open when the crowd has long been there, and stay open, and paid, when it has gone.",
    ),
    question(
        "Twenty lines lose 1 % of 12 erlangs. Split into two offices of ten lines and 6 erlangs each, they lose …",
        ["0.5 %", "1 %", "4.3 %"],
        right="4.3 %",
        because="erlang_b(6, 10) is 0.043: in a small bundle one clump of calls finds every line busy.",
    ),
)
