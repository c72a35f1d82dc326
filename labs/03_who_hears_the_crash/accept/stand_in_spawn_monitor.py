# exercise: stand_in
# idea: watch whoever is there first, then one's own
async def stand_in(me, name, clerk):
    there = me.whereis(name)
    if there is None:
        there, ref = me.spawn_monitor(clerk, name=name)
    else:
        ref = me.monitor(there)
    while (await me.receive(ref)).reason != "normal":
        there, ref = me.spawn_monitor(clerk, name=name)
