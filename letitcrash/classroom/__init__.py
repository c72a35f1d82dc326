"""The classroom: a lab checks itself, keeps what its reader built, and hands it to the labs after it.

    from letitcrash.classroom import check, keep, part, finish

`check("restart_window")` says how an exercise stands and never raises; `keep("restart_window")` saves the reader's
source once its check passes; `part("restart_window")` gives a later lab the reader's own part, or the library's;
`count_own_parts(ran, of="this morning")` says how many of those that ran are the reader's own;
`finish()` is a lab's last cell and fails, in one sentence, while something is left.
`sabotage()` breaks one line of an answer that stands, to see which criterion notices.
`with attempt(): ...` tries something out that may not work yet, and the notebook goes on.

`exam` says how a lab's exam is written, `grading` grades a class.
"""

from letitcrash.classroom.attempt import attempt
from letitcrash.classroom.notebook import check, count_own_parts, finish, keep, part, sabotage
from letitcrash.classroom.work import restore_work, save_work, your_work

__all__ = [
    "attempt",
    "check",
    "count_own_parts",
    "finish",
    "keep",
    "part",
    "restore_work",
    "sabotage",
    "save_work",
    "your_work",
]
