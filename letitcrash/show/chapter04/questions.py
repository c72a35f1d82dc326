"""The closing questions of chapter 4."""

from letitcrash.show import question

QUESTIONS = (
    question(
        "A supervisor allows five restarts in ten seconds. One of its children crashes every three seconds. It …",
        ["gives up after 18 seconds", "gives up after 30 seconds", "restarts for ever"],
        right="restarts for ever",
        because="No ten seconds hold six of them. To learn of slow crashes, count restarts in another process.",
    ),
    question(
        "A *transient* worker gets its orders from a *permanent* supervisor and is killed by somebody. It …",
        ["comes back", "stays down: kill is an order", "comes back only under one_for_all"],
        right="comes back",
        because="*Killed* is not an ordinary end. The ordinary ones are normal, shutdown and {shutdown, Why}.",
    ),
    question(
        "b keeps the pid of a, which is started before it. Nobody keeps b's. The right strategy is …",
        ["one_for_one", "rest_for_one", "one_for_all"],
        right="rest_for_one",
        because="If a falls, b holds the address of a dead process. If b falls, no other child is affected.",
    ),
    question(
        "The database is away for a minute. A worker connects in its *start*, intensity is 5 in 10 s. What happens?",
        ["it is tried for a minute", "the supervisor gives up at once, and perhaps all above it", "it waits 10 s"],
        right="the supervisor gives up at once, and perhaps all above it",
        because="A failed start counts as a restart, and nothing waits in between. Start first, connect later.",
    ),
    question(
        "A supervisor gave up this morning and nobody noticed. Which restart type did it have under the one above?",
        ["permanent", "transient", "it cannot go unnoticed"],
        right="transient",
        because="It exits with *shutdown*, which is an ordinary end. Make supervisors permanent.",
    ),
)
