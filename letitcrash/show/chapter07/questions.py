"""The closing questions of chapter 7."""

from letitcrash.show import question

QUESTIONS = (
    question(
        "Servers keep their users' data in memory. A balancer sends each request to the server with the fewest open "
        "requests. You double servers and users. The share of requests that find their data in memory …",
        ["stays as it was", "falls", "rises: there is twice the memory"],
        right="falls",
        because="Each server now meets all users and remembers as many as before. With two stores 67 % were known, "
        "with ten 13 %.",
    ),
    question(
        "Keys are shared out by hash(key) mod n. You add an eleventh cache to ten. The next minute …",
        ["one key in eleven is fetched anew", "nine keys in ten are fetched anew", "nothing is fetched anew"],
        right="nine keys in ten are fetched anew",
        because="Remainders by ten and by eleven agree for one key in eleven. On a ring it is the other way round.",
    ),
    question(
        "The time to live is 15 minutes, the questions come often, and a price changes once an hour. Old answers are "
        "about …",
        ["none: 15 minutes are less than an hour", "one in ten", "one in four"],
        right="one in ten",
        because="On average a price on the shelf is half of the 15 minutes old, an eighth of the "
        "hour between two changes. Some change twice and are wrong only once, some were fetched this moment: it is 11 "
        "of 100.",
    ),
    question(
        "After a gap in the connection, all caches are flushed to be safe. The risk is …",
        ["that old values survive", "that all fetch the same things at once", "none: a cache may always be empty"],
        right="that all fetch the same things at once",
        because="The database was sized for the misses, not for the hits: 231 questions were at the office, not 7 as "
        "before. And a gap that nobody noticed flushes nothing.",
    ),
    question(
        "A number was asked for a minute before it was set up. Since then every call to it is refused, for a quarter "
        "of an hour. Somebody has remembered …",
        ["an old address", "that there is no such number", "too little"],
        right="that there is no such number",
        because="“No” is an answer too, and was kept like any other. Keep it for a shorter time, or drop it on news.",
    ),
)
