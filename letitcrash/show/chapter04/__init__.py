"""What chapter 4 shows and asks: its surprises, its rosters, its bets, its closing questions; and lab 4's table."""

from letitcrash.show.chapter04 import bets
from letitcrash.show.chapter04.questions import QUESTIONS
from letitcrash.show.chapter04.roster import roster
from letitcrash.show.chapter04.shifts import crashes, fallen
from letitcrash.show.chapter04.surprises import CLOCKS, SURPRISES
from letitcrash.show.chapter04.table import TABLE, WHOLE, by_strategy

__all__ = ["CLOCKS", "QUESTIONS", "SURPRISES", "TABLE", "WHOLE", "bets", "by_strategy", "crashes", "fallen", "roster"]
