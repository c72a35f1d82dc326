# exercise: ticket
# belief: every question has one answer, so they can be counted
# fails: everybody_pays_for_their_own, a_scale_that_is_gone_is_told_at_once, in_the_evening_nothing_is_left
# holds: nobody_waits_longer_than_the_patience, the_scale_is_asked_once_and_left_in_peace
# word: should
OWED = []


async def weigh(me, scale, item, patience):
    pid = me.whereis(scale)
    if pid is None:
        raise CallFailed("noproc", scale, item)
    ref = me.monitor(pid)
    me.send(pid, Weigh(item, back=me.pid))
    OWED.append(item)
    end = me.now + patience
    while True:
        answer = await me.receive(any_of(Grams, ref), timeout=end - me.now)
        if isinstance(answer, Grams):
            OWED.pop(0)
            if OWED:
                continue
        me.demonitor(ref, flush=True)
        if isinstance(answer, Grams):
            return answer.grams
        raise CallFailed("timeout" if isinstance(answer, Timeout) else answer.reason, scale, item)
