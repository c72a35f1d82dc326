"""What chapter 3 shows and asks: its table of exit signals, its pictures, its bets, its closing questions."""

from letitcrash.show.chapter03 import bets, freezer, webs
from letitcrash.show.chapter03.questions import QUESTIONS
from letitcrash.show.chapter03.referee import signals_against_otp
from letitcrash.show.chapter03.table import TABLE

__all__ = ["QUESTIONS", "TABLE", "bets", "freezer", "signals_against_otp", "webs"]
