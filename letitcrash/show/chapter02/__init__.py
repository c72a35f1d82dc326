"""Pictures, bets and closing questions of chapter 2. Its models stand in the notebook."""

from letitcrash.show.chapter02 import bets, eggs, mailboxes
from letitcrash.show.chapter02.questions import QUESTIONS

__all__ = ["QUESTIONS", "bets", "eggs", "mailboxes"]
