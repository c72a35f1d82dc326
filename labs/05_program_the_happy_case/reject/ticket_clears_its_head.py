# exercise: ticket
# belief: an old number has come before
# fails: everybody_pays_for_their_own, in_the_evening_nothing_is_left
# holds: nobody_waits_longer_than_the_patience, a_scale_that_is_gone_is_told_at_once, the_scale_is_asked_once_and_left_in_peace
# word: the price of or mailbox
async def weigh(me, scale, item, patience):
    if me.whereis(scale) is None:
        raise CallFailed("noproc", scale, item)
    while not isinstance(await me.receive(Grams, timeout=0), Timeout):
        pass
    ref = me.monitor(scale)
    me.send(scale, Weigh(item, back=me.pid))
    answer = await me.receive(any_of(Grams, ref), timeout=patience)
    me.demonitor(ref, flush=True)
    if isinstance(answer, Grams):
        return answer.grams
    raise CallFailed("timeout" if isinstance(answer, Timeout) else answer.reason, scale, item)
