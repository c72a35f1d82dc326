"""What chapter 5 shows and asks: two versions of one store, how they are counted and drawn, bets, closing questions."""

from letitcrash.show.chapter05 import bets, bills, defensive, drawn, happy, lines, pressure, store
from letitcrash.show.chapter05.calls import CALLS
from letitcrash.show.chapter05.questions import QUESTIONS

__all__ = ["CALLS", "QUESTIONS", "bets", "bills", "defensive", "drawn", "happy", "lines", "pressure", "store"]
