"""The events of supervisors: each kind's changes to the state, and its sentence. `event_table` has the grammar.

A child is known by its id, or by its pid where all children share one template. It is "waiting" from its supervisor's
first mention of it until it is started, and again when it was stopped because a sibling is restarted: it will be
started again. Stopped with no sibling on its way back, it is "stopped", on purpose.
"""

EVENTS = {
    "SupervisorStarted": {
        "changes": [["start supervisor", "$pid", "$strategy", "$intensity", "$period", "?children"]],
        "says": "{pid} starts to supervise, {strategy}: at most {intensity:restart} in {period}.",
    },
    "ChildStarted": {
        "changes": [["start child", "$supervisor", "$id", "$pid", "?again", "?type", "?restart"]],
        "says": [
            [{"pid": None}, "{supervisor} starts {id}, which asks to be left out."],
            [{"again": True}, "{supervisor} starts its child {id} again."],
            "{supervisor} starts its child {id}.",
        ],
    },
    "ChildFailed": {
        "changes": [["fail child", "$supervisor", "$id", "?pid"]],
        "says": "{supervisor} cannot start its child {id}: {reason}.",
    },
    "ChildExited": {
        "changes": [["lose child", "$supervisor", "$id", "?pid"]],
        "says": "{supervisor} learns that its child {id} has exited: {reason}.",
    },
    "ChildStopping": {
        "changes": [["stop child", "$supervisor", "$id", "?pid"]],
        "says": [
            [{"how": "kill"}, "{supervisor} kills its child {id}."],
            "{supervisor} asks its child {id} to stop.",
        ],
    },
    "ChildStopped": {
        "changes": [["stopped child", "$supervisor", "$id", "?pid"]],
        "says": "{supervisor} has stopped its child {id}.",
    },
    "ChildRemoved": {
        "changes": [["remove child", "$supervisor", "$id"]],
        "says": "{supervisor} deletes its child {id}.",
    },
    "Restarted": {
        "changes": [
            ["set window", "$supervisor", "$window", "$intensity", "$period"],
            ["count restart", "$supervisor", "$id", "?pid"],
        ],
        "says": "{supervisor} counts a restart for {id}: {window:restart} in {period}, {intensity} allowed.",
    },
    "GaveUp": {
        "changes": [
            ["set window", "$supervisor", "$window", "$intensity", "$period"],
            ["give up", "$supervisor", "$id"],
        ],
        "says": "{supervisor} gives up on {id}: {window:restart} in {period}, {intensity} allowed.",
    },
    "AutoShutdown": {"says": "{supervisor} closes down: its significant child {id} has finished."},
}
