"""Surprises of a supervisor, row by row: each is run, and the fate of its clerks is the answer.

As in `table`: the clerks are a, b and c, all permanent unless a row says otherwise, and Erlang prints the same words.
"""

# ruff: noqa: D103 - each row's question describes its body

from letitcrash.process import Pid, Process
from letitcrash.show.chapter04.clerks import GIVES_UP, PATIENCE, Shop, Stubborn, clerk, clerks, slow
from letitcrash.show.chapter04.table import ALONG
from letitcrash.show.predict import Table
from letitcrash.supervisor import Child, Supervisor, terminate_child

TWO = ("a, b new", "a, b, c new", GIVES_UP)
BELOW = ("sub new", "sub down", "sub gone")

SURPRISES = Table()
row = SURPRISES.row


@row("**one_for_all**: c is *temporary*. b crashes.", ("a, b, c new", "a, b new; c gone", "a, b new"),
     "c is stopped with the others. Temporary means never started again, not even for them.")  # fmt: skip
async def temporary_bystander(me):
    shop = await Shop.opened(me, clerks(c="temporary"), strategy="one_for_all")
    await shop.leaves("b", "crash")
    return await shop.found()


@row("**one_for_all**: a is *transient* and went home an hour ago. Now b crashes.", ALONG,
     "*All* are started, even a child that is down on purpose. Think of it before you choose one_for_all.")  # fmt: skip
async def one_for_all_wakes_one_gone_home(me):
    shop = await Shop.opened(me, clerks(a="transient"), strategy="one_for_all")
    await shop.leaves("a", "normal")
    await shop.look()
    await shop.leaves("b", "crash")
    return await shop.found()


@row("**one_for_all**: a was stopped by hand, for repair. Now b crashes.", ALONG,
     "The same: the specification of a is there, so a is started. Delete the child if it is to stay away.")  # fmt: skip
async def one_for_all_starts_one_stopped(me):
    return await _stopped_by_hand(me, "one_for_all")


@row("**rest_for_one**: a was stopped by hand. Now b crashes.", ALONG,
     "a stands before b, and rest_for_one looks only at the children after b.")  # fmt: skip
async def rest_for_one_leaves_one_stopped(me):
    return await _stopped_by_hand(me, "rest_for_one")


async def _stopped_by_hand(me: Process, strategy: str) -> str:
    shop = await Shop.opened(me, clerks(), strategy=strategy)
    await terminate_child(me, shop.top, "a")
    await shop.look()
    await shop.leaves("b", "crash")
    return await shop.found()


@row("**one_for_one**, intensity **1**: a and b are killed *at once*.", TWO,
     "Two exits are two restarts, and one was allowed.")  # fmt: skip
async def two_at_once_one_for_one(me):
    return await _two_at_once(me, "one_for_one", "ab")


@row("**one_for_all**, intensity **1**: a and b are killed *at once*.", TWO,
     "It is one restart: while the supervisor stops the others, it takes b's exit for one of theirs.")  # fmt: skip
async def two_at_once_one_for_all(me):
    return await _two_at_once(me, "one_for_all", "ab")


@row("**rest_for_one**, intensity **1**: a and b are killed at once, and **a**'s exit is heard first.", TWO,
     "b comes after a and would be stopped anyway; nobody notices that it was dead. It is one restart.")  # fmt: skip
async def two_at_once_earlier_first(me):
    return await _two_at_once(me, "rest_for_one", "ab")


@row("**rest_for_one**, intensity **1**: a and b are killed at once, and **b**'s exit is heard first.", TWO,
     "b's restart leaves a alone. Then a's exit comes, the second restart. Either may be heard first.")  # fmt: skip
async def two_at_once_later_first(me):
    return await _two_at_once(me, "rest_for_one", "ba")


async def _two_at_once(me: Process, strategy: str, order: str) -> str:
    shop = await Shop.opened(me, clerks(), strategy=strategy, intensity=1)
    for id in order:
        shop.leave(id, "kill")
    return await shop.found()


@row("Intensity **1**: b, permanent, returns normally; comes back; returns normally again.",
     ("b new", "nothing new", GIVES_UP), "A supervisor counts restarts, not crashes.")  # fmt: skip
async def two_goodbyes(me):
    shop = await Shop.opened(me, clerks())
    await shop.leaves("b", "normal")
    await shop.look()
    await shop.leaves("b", "normal")
    return await shop.found()


@row("Intensity **1**: a crashes. A second later b crashes, for the first time.", ("a, b new", "b new", GIVES_UP),
     "One carton for all clerks together: intensity belongs to the supervisor.")  # fmt: skip
async def one_window_for_all(me):
    shop = await Shop.opened(me, clerks())
    await shop.leaves("a", "crash")
    await shop.leaves("b", "crash")
    return await shop.found()


@row("Intensity **3**: b crashes, and from now on its *start* fails. How often is it tried after the crash?",
     ("once", "3 times", "4 times", "for ever"), "Each try counts as a restart; there is no fourth.")  # fmt: skip
async def start_fails_for_ever(me):
    stubborn = Stubborn()
    shop = await Shop.opened(me, [Child("b", stubborn)], intensity=3)
    await shop.leaves("b", "crash")
    assert await shop.found() == GIVES_UP
    return f"{stubborn.tries - 1} times"


@row("A supervisor *sub* is a **permanent** child of ours. It gives up.", BELOW,
     "It exits with *shutdown*, and a permanent child comes back whatever the reason.")  # fmt: skip
async def permanent_supervisor_gives_up(me):
    return await _below(me, "permanent")


@row("A supervisor *sub* is a **transient** child of ours. It gives up.", BELOW,
     "It exits with *shutdown*, which is an ordinary end. Nobody is told.")  # fmt: skip
async def transient_supervisor_gives_up(me):
    return await _below(me, "transient")


@row("A supervisor *sub* is a **temporary** child of ours. It gives up.", BELOW,
     "Like any temporary child, it never comes back.")  # fmt: skip
async def temporary_supervisor_gives_up(me):
    return await _below(me, "temporary")


async def _below(me: Process, restart: str) -> str:
    sub = Supervisor([Child("leaf", clerk, name="leaf")], intensity=0)
    shop = await Shop.opened(me, [Child("sub", sub, restart=restart)])
    me.send("leaf", "crash")
    return await shop.found()


# Rows about time: the page does not ask them, but Erlang confirms them

CLOCKS = Table()
row = CLOCKS.row


@row("", (), "")
async def crashes_1850_ms_apart(me):
    return await _two_crashes(me, 0.02, 1.85)


@row("", (), "")
async def crashes_1180_ms_apart(me):
    return await _two_crashes(me, 0.85, 1.18)


async def _two_crashes(me: Process, second: float, apart: float) -> str:
    """Crash twice under intensity 1 in 1 s, first `second` after a whole second."""
    shop = await Shop.opened(me, clerks(), period=1)
    await me.sleep((second - me.now) % 1)
    await shop.leaves("b", "crash")
    await shop.look()
    await me.sleep(apart - PATIENCE)
    await shop.leaves("b", "crash")
    return await shop.found()


@row("", (), "")
async def closing_one_after_the_other(me):
    last = [Child(id, slow, (takes,), shutdown=0.5) for id, takes in (("c", 99), ("d", 0.3), ("e", 0.3))]
    return await _closing(me, (await Shop.opened(me, [Child("b", clerk), *last])).top)


async def _closing(me: Process, top: Pid) -> str:
    """Shut down a supervisor; the seconds that it takes."""
    ref, began = me.monitor(top), me.now
    me.exit(top, "shutdown")
    await me.receive(ref)
    return f"{me.now - began:.1f} s"


@row("", (), "")
async def two_levels_of_intensity_3(me):
    """The crashes that a tree of two levels takes."""
    sub = Supervisor([Child("leaf", clerk, name="leaf")], intensity=3, period=60)
    shop = await Shop.opened(me, [Child("sub", sub)], intensity=3, period=60)
    crashes = 0
    while me.is_alive(shop.top):
        me.send("leaf", "crash")
        await me.sleep(0.01)
        crashes += 1
    return f"{crashes} crashes"
