"""Chapter 3's own: its table of exit signals, its morning at the freezer, its pictures, bets and closing questions."""

from letitcrash.show.chapter03 import bets, freezer, webs
from letitcrash.show.chapter03.cases import cases
from letitcrash.show.chapter03.questions import QUESTIONS
from letitcrash.show.chapter03.referee import signals_against_otp
from letitcrash.show.chapter03.table import TABLE

__all__ = ["QUESTIONS", "TABLE", "bets", "cases", "freezer", "signals_against_otp", "webs"]
