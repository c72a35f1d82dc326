"""The events of shelves and of their office: changes and sentences. `event_table` has the grammar.

A shelf in the state has by key its labels, with the second at which each was got, the fetches on their way, with the
second of their start, and the customers who wait for each. A label is wrong if its key has "changed" since it was got.
"""

EVENTS = {
    "ShelvesOpened": {
        "changes": [["open shelves", "$shelves", "$ttl"]],
        "says": [
            [{"ttl": None}, "The shelves open, {shelves} of them; a price on them keeps for ever."],
            "The shelves open, {shelves} of them; a price on them keeps for {ttl}.",
        ],
    },
    "Prewarmed": {
        "changes": [["put label", "$store", "$key", "$got"]],
        "says": "Shelf {store} has {key} before anybody asks for it.",
    },
    "Looked": {
        "changes": [["look", "$customer", "$store", "$key", "$outcome", "$at"]],
        "says": [
            [{"outcome": "hit"}, "Customer {customer} asks for {key}, and it is on shelf {store}."],
            [{"outcome": "stale"}, "Customer {customer} asks for {key}, and gets what shelf {store} has, too old."],
            "Customer {customer} asks for {key}, which shelf {store} has not, and waits.",
        ],
    },
    "FetchStarted": {
        "changes": [["start fetch", "$store", "$key", "$at"], ["count", "fetches"]],
        "says": "Shelf {store} sends to the office for {key}.",
    },
    "Fetched": {
        "changes": [["put label", "$store", "$key", "$at"], ["end fetch", "$store", "$key"]],
        "says": "Shelf {store} gets {key}, as of news {number}, and all who wait for it are told.",
    },
    "FetchFailed": {
        "changes": [["end fetch", "$store", "$key"], ["count", "failures"]],
        "says": "Shelf {store} has not got {key} ({why}), and all who wait for it are told so.",
    },
    "PriceChanged": {
        "changes": [["note change", "$key", "$at"]],
        "says": "The price of {key} changes: news {number}.",
    },
    "Invalidated": {
        "changes": [["drop label", "$store", "$key"]],
        "says": "Shelf {store} takes {key} down at news {number}.",
    },
    "Evicted": {
        "changes": [["drop label", "$store", "$key"]],
        "says": "Shelf {store} makes room and lets {key} go, which was used the longest ago.",
    },
    "Flushed": {
        "changes": [["clear shelf", "$store"]],
        "says": [
            [{"entries": 1}, "Shelf {store} throws its only price away."],
            "Shelf {store} throws everything away, {entries:price}.",
        ],
    },
    "CaughtUp": {"says": "Shelf {store} asks for the news after {number}, and is told of {changes:change}."},
    "NewsStopped": {
        "changes": [["set", "news_stopped", True]],
        "says": "The line for news is down: no news comes through.",
    },
    "NewsResumed": {
        "changes": [["set", "news_stopped", False]],
        "says": [
            [{"silent": True}, "News comes through again, and no shelf knows that it ever stopped."],
            "News comes through again, and the shelves are told so.",
        ],
    },
}
