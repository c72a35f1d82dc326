# exercise: ticket
# belief: a clerk who gets no answer asks again
# fails: everybody_pays_for_their_own, nobody_waits_longer_than_the_patience, the_scale_is_asked_once_and_left_in_peace
# holds: a_scale_that_is_gone_is_told_at_once, in_the_evening_nothing_is_left
# word: should
async def weigh(me, scale, item, patience):
    """The grams of `item`; CallFailed when there is no answer within `patience` seconds, or no scale."""
    pid = me.whereis(scale)
    if pid is None:
        raise CallFailed("noproc", scale, item)
    ref = me.monitor(pid, alias=True)
    me.send(pid, Weigh(item, back=ref))
    answer = await me.receive(any_of(Grams, ref), timeout=patience / 2)
    if isinstance(answer, Timeout):
        me.send(pid, Weigh(item, back=ref))
        answer = await me.receive(any_of(Grams, ref), timeout=patience / 2)
    me.demonitor(ref, flush=True)
    while isinstance(await me.receive(Grams, timeout=0), Grams):
        pass
    match answer:
        case Grams(grams):
            return grams
        case Down(reason=reason):
            raise CallFailed(reason, scale, item)
        case Timeout():
            raise CallFailed("timeout", scale, item)
