"""The events of nodes and of the wires between them: their changes to the state, and their sentences.

`event_table` has the grammar. The state has one entry for each direction of a wire, called "here-there". A signal is on
its way from `Departed` to `Delivered` or `Lost`; the event after that tells what it does at its end.
"""

EVENTS = {
    "NodeStarted": {
        "changes": [["set node", "$node", "up"]],
        "says": [
            [{"incarnation": 1}, "Node {node} starts."],
            "Node {node} starts again; its old processes and names are gone.",
        ],
    },
    "NodeCrashed": {
        "changes": [["set node", "$node", "crashed"]],
        "says": [
            [{"power": True}, "Node {node} loses its power, and nobody closes its connections."],
            "Node {node} crashes, with all its processes.",
        ],
    },
    "NodeFroze": {
        "changes": [["set node", "$node", "frozen"]],
        "says": "Node {node} freezes: nothing happens on it, and messages to it wait.",
    },
    "NodeThawed": {"changes": [["set node", "$node", "up"]], "says": "Node {node} thaws and goes on."},
    "NodeUp": {"says": "Node {node} is connected with node {of}."},
    "NodeDown": {"says": "Node {node} has lost its connection with node {of}: {reason}."},
    "WireCut": {
        "changes": [["set ways", "$wire", "$way", True]],
        "says": [
            [{"way": "both"}, "The wire {wire} is cut."],
            [{"way": "there"}, "The wire {wire} is cut on the way there."],
            "The wire {wire} is cut on the way back.",
        ],
    },
    "WireHealed": {
        "changes": [["set ways", "$wire", "$way", False]],
        "says": [
            [{"way": "both"}, "The wire {wire} is open again."],
            [{"way": "there"}, "The wire {wire} is open again on the way there."],
            "The wire {wire} is open again on the way back.",
        ],
    },
    "Departed": {
        "changes": [["depart", "$wire", "$number"]],
        "says": [
            [{"purpose": "message", "runtime": True}, "The runtime sends word over the wire {wire}: {news}."],
            [{"purpose": "message"}, "{sender} sends {content} to {receiver}, over the wire {wire}."],
            "A signal ({purpose}) of {sender} to {receiver} leaves over the wire {wire}.",
        ],
    },
    "Delivered": {
        "changes": [["arrive", "$wire", "$number"]],
        "says": "Signal {number} arrives at the end of the wire {wire}.",
    },
    "Lost": {
        "changes": [["arrive", "$wire", "$number"]],
        "says": "Signal {number} on the wire {wire} is lost: {why}.",
    },
}
