"""Chapter 5's own: its Monday, two versions of one store, their pictures, bets and closing questions."""

from letitcrash.show.chapter05 import bets, defensive, figures, happy, monday, payments, pressure, store
from letitcrash.show.chapter05.calls import CALLS
from letitcrash.show.chapter05.questions import QUESTIONS

__all__ = ["CALLS", "QUESTIONS", "bets", "defensive", "figures", "happy", "monday", "payments", "pressure", "store"]
