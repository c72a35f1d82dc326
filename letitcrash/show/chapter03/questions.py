"""The closing questions of chapter 3."""

from letitcrash.show import question

QUESTIONS = (
    question(
        "A process without links and monitors crashes. Who hears of it?",
        ["the process that sends it the next message", "its parent, which spawned it", "nobody"],
        right="nobody",
        because="`spawn` ties nothing, and a message to a dead pid is lost without an error. That was 9:12.",
    ),
    question(
        "Manager and clerk are linked, and neither traps. The manager crashes. The clerk …",
        ["exits too", "works on: only the manager watches", "gets a message"],
        right="exits too",
        because="A link has two ends and no direction. If the clerk is to live on, use a monitor.",
    ),
    question(
        "You need an answer from a process that may die before it gives it. You …",
        ["link to it and trap exits", "monitor it, ask, and drop the monitor", "ask `is_alive` first"],
        right="monitor it, ask, and drop the monitor",
        because="One *DOWN* or one answer will come, even if the process was dead before you asked. The answer of "
        "`is_alive` may be out of date when you read it.",
    ),
    question(
        "A process that traps exits is stuck in a loop that never receives. It ends on …",
        ["`exit(Pid, shutdown)`", "`exit(Pid, kill)`", "neither"],
        right="`exit(Pid, kill)`",
        because="*shutdown* becomes a message that is never read; kill never becomes a message. The next chapter "
        "uses both.",
    ),
    question(
        "Clerks are linked in a chain of 40, for safety. One of them divides by zero. How many are left?",
        ["39", "38: one neighbour falls too", "0"],
        right="0",
        because="A link says that neither end makes sense without the other. Link only where that is true.",
    ),
)
