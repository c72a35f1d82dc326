"""Grading that a teacher can trust: `pytest --nbmake --grade labs submissions/`.

From a submission only sources are taken (`submissions`). Each exercise runs in a process of its own, in a sandbox that
sees neither exam nor grades (`sandbox`, `cage`), and returns evidence, which this side judges (`marking`). Notes of the
teacher are kept apart (`notes`); `outputs` and `pages` say how it went; `plugin` is the pytest plugin,
`items` what it runs.

Why a bare Python an exercise, not a Jupyter kernel a submission: a kernel starts in 0.7 s, a Python in 0.06, so that
each exercise can have its own walls, clock and limits; it needs no sockets, threads or second process, so that all of
them can be forbidden; and its whole way out is one pipe with a cap. nbmake's NotebookRun, with a real kernel, proves
the release before anybody is graded: a solution that does not pass here means that this machine is at fault.
"""
