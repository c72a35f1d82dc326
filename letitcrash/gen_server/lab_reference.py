"""The question of lab 5's ticket to an old scale, whose answers do not say to which question they belong.

A reader's own `weigh` can take the place of this one.
"""

from dataclasses import dataclass
from typing import Any

from letitcrash.gen_server.messages import CallFailed
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

    The address to answer to is an alias that closes with the question, so a later number reaches nobody. A second
    number of the same instant is in the mailbox before the address closes, and is taken out, as `flush` takes a Down.
    """
    pid = me.whereis(scale)
    if pid is None:
        raise CallFailed(NOPROC, scale, item)
    ref = me.monitor(pid, alias=True)
    me.send(pid, Weigh(item, ref))
    answer = await me.receive(any_of(Grams, ref), timeout=patience)
    me.demonitor(ref, flush=True)
    while isinstance(await me.receive(Grams, timeout=0), Grams):
        pass
    match answer:
        case Grams(grams):
            return grams
        case Timeout():
            raise CallFailed("timeout", scale, item)
        case Down(reason=reason):
            raise CallFailed(reason, scale, item)
