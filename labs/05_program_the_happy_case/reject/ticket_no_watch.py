# exercise: ticket
# belief: a scale is always there
# fails: a_scale_that_is_gone_is_told_at_once
# holds: everybody_pays_for_their_own, nobody_waits_longer_than_the_patience, in_the_evening_nothing_is_left, the_scale_is_asked_once_and_left_in_peace
# word: should
async def weigh(me, scale, item, patience):
    """The grams of `item`; CallFailed when there is no answer within `patience` seconds, or no scale."""
    pid = me.whereis(scale)
    if pid is None:
        raise CallFailed("noproc", scale, item)
    ref = me.alias()
    me.send(pid, Weigh(item, back=ref))
    answer = await me.receive(Grams, timeout=patience)
    me.unalias(ref)
    while isinstance(await me.receive(Grams, timeout=0), Grams):
        pass
    match answer:
        case Grams(grams):
            return grams
        case Down(reason=reason):
            raise CallFailed(reason, scale, item)
        case Timeout():
            raise CallFailed("timeout", scale, item)
