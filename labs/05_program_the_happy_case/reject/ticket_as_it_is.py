# exercise: ticket
# belief: the next number is this customer's
# fails: everybody_pays_for_their_own, a_scale_that_is_gone_is_told_at_once, in_the_evening_nothing_is_left
# holds: nobody_waits_longer_than_the_patience, the_scale_is_asked_once_and_left_in_peace
# word: should
async def weigh(me, scale, item, patience):
    if me.whereis(scale) is None:
        raise CallFailed("noproc", scale, item)
    me.send(scale, Weigh(item, back=me.pid))
    answer = await me.receive(Grams, timeout=patience)
    if isinstance(answer, Timeout):
        raise CallFailed("timeout", scale, item)
    return answer.grams
