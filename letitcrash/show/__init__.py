"""Pictures that are alive: figures, explorables, bets and closing questions, on a page with a kernel or without one."""

from letitcrash.show.answers import curve, number
from letitcrash.show.bets import bet
from letitcrash.show.charts import bars, lines, steps
from letitcrash.show.controls import choice, slider, toggle
from letitcrash.show.explore import explore
from letitcrash.show.figure import Figure
from letitcrash.show.floor import open_store
from letitcrash.show.player import watch
from letitcrash.show.predict import came_out, predict
from letitcrash.show.queues import compare_designs, queue_over_time, waiting_curve
from letitcrash.show.quiz import question, quiz
from letitcrash.show.source import show_source

__all__ = [
    "Figure",
    "bars",
    "bet",
    "came_out",
    "choice",
    "compare_designs",
    "curve",
    "explore",
    "lines",
    "number",
    "open_store",
    "predict",
    "question",
    "queue_over_time",
    "quiz",
    "show_source",
    "slider",
    "steps",
    "toggle",
    "waiting_curve",
    "watch",
]
