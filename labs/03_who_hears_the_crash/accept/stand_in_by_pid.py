# exercise: stand_in
# idea: watch the pid, whoever has the name, until the reason is normal
async def stand_in(me, name, clerk):
    there = me.whereis(name)
    ref = me.monitor(there) if there else None
    reason = None
    while reason != "normal":
        if ref is None:
            _, ref = me.spawn_monitor(clerk, name=name)
        reason = (await me.receive(ref)).reason
        ref = None
