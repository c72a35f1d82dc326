"""Chapter 6's own pictures, bets and closing questions."""

from letitcrash.show.chapter06 import bets
from letitcrash.show.chapter06.questions import QUESTIONS

__all__ = ["QUESTIONS", "bets"]
