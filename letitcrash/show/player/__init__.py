"""The player: watch any run, step through it forwards and back. Nothing is scripted; all is drawn from the trace."""

from letitcrash.show.player.output import Player, watch

__all__ = ["Player", "watch"]
