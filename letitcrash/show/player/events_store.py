"""The events of a store: each kind's changes to the state, and its sentence. `event_table` has the grammar."""

EVENTS = {
    "StoreOpened": {
        "changes": [["set", "line", "$line"], ["open store", "$tills"]],
        "says": [
            [{"line": "shared"}, "The store opens: {tills:till}, one line for all."],
            "The store opens: {tills:till}, a line at each.",
        ],
    },
    "TillOpened": {"changes": [["set till", "$till", "open", True]], "says": "Till {till} opens."},
    "TillClosed": {"changes": [["set till", "$till", "open", False]], "says": "Till {till} closes."},
    "Arrived": {"changes": [["place", "$customer", "$at", "door"]], "says": "Customer {customer} comes in."},
    "Joined": {
        "changes": [["queue", "$customer", "$line"], ["place", "$customer", "$at", "line", "$line"]],
        "says": [
            [{"line": 0}, "Customer {customer} joins the line."],
            "Customer {customer} joins line {line}.",
        ],
    },
    "Started": {
        "changes": [
            ["leave", "$customer"],
            ["set till", "$till", "serving", "$customer"],
            ["place", "$customer", "$at", "till", "$till"],
        ],
        "says": "Customer {customer} moves up to till {till}.",
    },
    "Finished": {
        "changes": [["leave", "$customer"], ["count", "served"]],
        "leaves": "served",
        "says": "Customer {customer} has paid at till {till} and goes home.",
    },
    "Balked": {
        "changes": [["leave", "$customer"], ["count", "balked"]],
        "leaves": "turned away",
        "says": "Customer {customer} leaves without queueing.",
    },
    "Reneged": {
        "changes": [["leave", "$customer"], ["count", "reneged"]],
        "leaves": "left unserved",
        "says": "Customer {customer} gives up waiting and leaves.",
    },
}
