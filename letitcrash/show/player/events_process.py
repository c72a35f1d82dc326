"""The events of processes: each kind's changes to the state, and its sentence. `event_table` has the grammar.

A Down and an exit signal are delivered by the runtime: the process that they tell of is dead by then and sends nothing.
"""

SIGNAL = "The runtime delivers the exit signal of {sender} to {receiver}"
EVENTS = {
    "Spawned": {
        "changes": [["spawn", "$pid", "$name", "$parent", "?body"]],
        "says": [[{"linked": True}, "{parent} spawns {pid}, linked to it."], "{parent} spawns {pid}."],
    },
    "Exited": {
        "changes": [["exit", "$pid", "$reason"]],
        "says": [
            [{"reason": "normal"}, "{pid} exits: normal."],
            [{"reason": "killed"}, "{pid} is killed."],
            [{"reason": "node_crashed"}, "{pid} ends with its node."],
            [{"clean": True}, "{pid} exits: {reason}."],
            "{pid} crashes: {reason}.",
        ],
    },
    "Sent": {
        "changes": [["post", "$receiver"]],
        "says": [
            [{"runtime": True}, "The runtime tells {receiver} that {news}."],
            [{"crossed": True}, "{message} from {sender} reaches {receiver}."],
            [{"sender_dead": True}, "{message} reaches {receiver} by a timer that {sender} had set."],
            [{"envelope": "call"}, "{sender} calls {receiver}: {message}."],
            [{"envelope": "cast"}, "{sender} casts to {receiver}: {message}."],
            [{"envelope": "answer"}, "{sender} answers {receiver}: {message}."],
            *[
                [{"envelope": envelope}, "{sender} tells {receiver} that {news}."]
                for envelope in ("started", "down", "exit signal")
            ],
            "{sender} sends {message} to {receiver}.",
        ],
    },
    "Dropped": {
        "changes": [["count", "lost"]],
        "needs": ["receiver"],
        "says": [
            [{"runtime": True}, "Lost: the runtime's message that {news}; there is no {receiver}."],
            [{"sender_dead": True}, "Lost: {message}, from a timer that {sender} had set; there is no {receiver}."],
            [{"to_alias": True}, "Lost: {message} from {sender}; nobody waits at {receiver} any more."],
            "Lost: {message} from {sender}; there is no {receiver}.",
        ],
    },
    "Received": {
        "changes": [["take", "$pid", "$position"]],
        "says": [
            [{"envelope": "call"}, "{pid} receives the call {message}{position}."],
            [{"envelope": "cast"}, "{pid} receives the cast {message}{position}."],
            [{"envelope": "answer"}, "{pid} receives the answer {message}{position}."],
            "{pid} receives {message}{position}.",
        ],
    },
    "TimedOut": {"says": "{pid} has waited {waited} for a message that did not come."},
    "Slept": {"changes": [["set process", "$pid", "busy", "$until"]], "says": "{pid} is busy for {until}."},
    "TimerSet": {
        "changes": [["set timer", "$ref", "$receiver", "$due", "$at"]],
        "says": "{pid} sets a timer: {message} to {receiver} in {due}.",
    },
    "TimerCancelled": {"changes": [["cancel timer", "$ref"]], "says": "{pid} cancels its timer {ref}."},
    "Registered": {"changes": [["register", "$name", "$pid"]], "says": "{pid} is registered as {name}."},
    "Unregistered": {"changes": [["unregister", "$name"]], "says": "The name {name} is free again."},
    "Linked": {"changes": [["link", "$pid", "$other"]], "says": "{pid} and {other} are linked."},
    "Unlinked": {"changes": [["unlink", "$pid", "$other"]], "says": "{pid} drops its link with {other}."},
    "Monitored": {"says": "{pid} monitors {other}: monitor {ref}."},
    "Demonitored": {"says": "{pid} drops its monitor {ref}."},
    "Trapping": {
        "changes": [["set process", "$pid", "traps", "$on"]],
        "says": [
            [{"on": True}, "{pid} traps exits: exit signals now reach it as messages."],
            "{pid} no longer traps exits.",
        ],
    },
    "Signalled": {
        "changes": [["deliver signal", "$receiver", "$outcome"]],
        "says": [
            [{"sender": None, "outcome": "exits"}, "An exit signal from the street makes {receiver} exit: {reason}."],
            [{"sender": None}, "An exit signal from the street reaches {receiver} ({outcome}): {reason}."],
            [{"outcome": "ignored"}, f"{SIGNAL}, which ignores it: {{reason}}."],
            [{"outcome": "message"}, f"{SIGNAL} as a message: {{reason}}."],
            [{"outcome": "exits"}, f"{SIGNAL}, which must exit: {{reason}}."],
            f"{SIGNAL} ({{outcome}}): {{reason}}.",
        ],
    },
    "Misbehaved": {"says": "{pid} broke a rule: {problem}."},
}
