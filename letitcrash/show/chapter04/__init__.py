"""Chapter 4's own: its Thursday, its surprises, its bets, its closing questions; and lab 4's table."""

from letitcrash.show.chapter04 import bets, thursday
from letitcrash.show.chapter04.questions import QUESTIONS
from letitcrash.show.chapter04.surprises import CLOCKS, SURPRISES
from letitcrash.show.chapter04.table import TABLE, WHOLE, by_strategy
from letitcrash.show.chapter04.windows import windows

__all__ = ["CLOCKS", "QUESTIONS", "SURPRISES", "TABLE", "WHOLE", "bets", "by_strategy", "thursday", "windows"]
