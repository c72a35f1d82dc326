# exercise: ticket
# idea: a process for each question, killed when the question is over
async def weigh(me, scale, item, patience):
    if me.whereis(scale) is None:
        raise CallFailed("noproc", scale, item)
    watch = me.monitor(scale)
    boy, ref = me.spawn_monitor(fetch, scale, item)
    word = await me.receive(any_of(watch, ref), timeout=patience)
    me.demonitor(watch, flush=True)
    me.demonitor(ref, flush=True)
    me.exit(boy, "kill")
    if isinstance(word, Timeout):
        raise CallFailed("timeout", scale, item)
    if word.ref is watch:
        raise CallFailed(word.reason, scale, item)
    return word.reason[1]


async def fetch(me, scale, item):
    me.send(scale, Weigh(item, back=me.pid))
    raise Exit(("grams", (await me.receive(Grams)).grams))
