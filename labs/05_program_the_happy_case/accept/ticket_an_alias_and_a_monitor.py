# exercise: ticket
# idea: the address and the watch are two references
async def weigh(me, scale, item, patience):
    there = me.whereis(scale)
    watch, back = me.monitor(there or scale), me.alias()
    if there:
        me.send(there, Weigh(item, back))
    got = await me.receive(any_of(watch, Grams), timeout=patience)
    me.unalias(back)
    me.demonitor(watch, flush=True)
    while type(await me.receive(Grams, timeout=0)) is Grams:
        pass
    if type(got) is Grams:
        return got.grams
    raise CallFailed(getattr(got, "reason", "timeout"), scale, item)
