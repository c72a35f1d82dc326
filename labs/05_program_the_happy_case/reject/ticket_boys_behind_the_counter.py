# exercise: ticket
# belief: a boy who is sent comes back by himself
# fails: in_the_evening_nothing_is_left
# holds: everybody_pays_for_their_own, nobody_waits_longer_than_the_patience, a_scale_that_is_gone_is_told_at_once, the_scale_is_asked_once_and_left_in_peace
# word: mailbox
async def weigh(me, scale, item, patience):
    pid = me.whereis(scale)
    if pid is None:
        raise CallFailed("noproc", scale, item)
    boy = me.spawn(fetch, me.pid, me.make_ref(), pid, item)
    ref = me.monitor(pid)
    his = lambda message: type(message) is tuple and message[0] == boy
    answer = await me.receive(any_of(his, ref), timeout=patience)
    me.demonitor(ref, flush=True)
    if isinstance(answer, tuple):
        return answer[1]
    raise CallFailed("timeout" if isinstance(answer, Timeout) else answer.reason, scale, item)


async def fetch(me, counter, ref, scale, item):
    me.send(scale, Weigh(item, back=me.pid))
    answer = await me.receive(Grams)
    me.send(counter, (me.pid, answer.grams))
