"""Pictures, bets and closing questions of chapter 1. Its models stand in the notebook."""

from letitcrash.show.chapter01 import bets, friday, theory
from letitcrash.show.chapter01.questions import QUESTIONS

__all__ = ["QUESTIONS", "bets", "friday", "theory"]
