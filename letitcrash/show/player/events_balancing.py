"""The events of several stores and their doors: changes and sentences. `event_table` has the grammar.

A customer on the way to a store has the place "way n"; one who was told sorry is back at the "door". In the state,
"door" is the last thing that the man at the door did, and "sorry" the last sorry, until he sends the next customer on.
"""

EVENTS = {
    "StoresOpened": {
        "changes": [["set", "line", "per store"], ["open stores", "$stores"]],
        "says": "The stores open; their tills: {stores}.",
    },
    "Directed": {
        "changes": [["direct", "$customer", "$store", "$seen", "$at"]],
        "says": [
            [{"store": 0}, "The man at the door knows of no store that is open, and customer {customer} is there."],
            "The man at the door sends customer {customer} to store {store}; inside were, as far as he knew: {seen}.",
        ],
    },
    "BoardPainted": {
        "changes": [["paint board", "$counts", "$at"]],
        "says": "The board is painted anew; inside are: {counts}.",
    },
    "Refused": {
        "changes": [["say sorry", "$customer", "$store", "$why", "$at"]],
        "says": [
            [{"why": "dark"}, "Customer {customer} finds store {store} dark: sorry."],
            [{"why": "full"}, "Customer {customer} finds store {store} full: sorry."],
            [{"why": "sent away"}, "Customer {customer} is sent away from the line of store {store}: sorry."],
            [{"why": "shut"}, "Customer {customer} is told that no store is open: sorry."],
            "Customer {customer} is told sorry at store {store}: {why}.",
        ],
    },
    "WentOut": {
        "changes": [["leave", "$customer"]],
        "says": "Customer {customer} loses patience in store {store} and goes out to come again; the slip stays.",
    },
    "CameBack": {
        "changes": [["place", "$customer", "$at", "door"]],
        "says": "Customer {customer} stands at the door again.",
    },
    "SlipStarted": {"says": "Till {till} begins to work for customer {customer}, who has left."},
    "SlipFinished": {"says": "Till {till} has done the work for customer {customer}, who has left."},
    "Ejected": {
        "changes": [["set store", "$store", "is_out", True]],
        "says": [
            [{"until": None}, "The man at the door leaves store {store} out: it said sorry too often."],
            "The man at the door leaves store {store} out for {until}: it said sorry too often.",
        ],
    },
    "Readmitted": {
        "changes": [["set store", "$store", "is_out", False]],
        "says": "The man at the door counts store {store} among the open ones again.",
    },
    "LightsOut": {
        "changes": [["set store", "$store", "is_dark", True]],
        "says": "Store {store} is dark: it turns away everybody who comes.",
    },
    "LightsOn": {"changes": [["set store", "$store", "is_dark", False]], "says": "Store {store} has light again."},
}
