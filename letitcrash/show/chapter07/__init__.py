"""Chapter 7's own pictures, bets and closing questions."""

from letitcrash.show.chapter07 import bets
from letitcrash.show.chapter07.questions import QUESTIONS

__all__ = ["QUESTIONS", "bets"]
