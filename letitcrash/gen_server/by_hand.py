"""A question as lab 5's ticket asks it by hand, of an old scale whose answers do not say whose they are.

`call` asks servers; this is the part that a reader's own can take the place of.
"""

from dataclasses import dataclass
from typing import Any

from letitcrash.gen_server.words import CallFailed
from letitcrash.process import Down, Process, Timeout, any_of
from letitcrash.process.terms import NOPROC


@dataclass(frozen=True, slots=True)
class Weigh:
    """The question. The answer goes to `back`: a pid, a name, an alias."""

    item: Any
    back: Any


@dataclass(frozen=True, slots=True)
class Grams:
    """The answer. It does not say to which question."""

    grams: int


async def weigh(me: Process, scale: str, item: Any, patience: float) -> int:
    """The grams of `item` on the scale called `scale`; raises CallFailed, after `patience` seconds at the latest.

    The address to answer to is an alias that closes with the question, so that no answer can be somebody else's.
    """
    pid = me.whereis(scale)
    if pid is None:
        raise CallFailed(NOPROC, scale, item)
    ref = me.monitor(pid, alias=True)
    me.send(pid, Weigh(item, ref))
    answer = await me.receive(any_of(Grams, ref), timeout=patience)
    me.demonitor(ref, flush=True)
    match answer:
        case Grams(grams):
            return grams
        case Timeout():
            raise CallFailed("timeout", scale, item)
        case Down(reason=reason):
            raise CallFailed(reason, scale, item)
