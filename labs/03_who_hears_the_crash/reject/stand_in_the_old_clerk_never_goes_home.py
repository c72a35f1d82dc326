# exercise: stand_in
# belief: the clerk who was there already is replaced, whatever they ended with
# fails: whoever_has_the_name_is_watched
# holds: the_clerk_is_never_missed, who_goes_home_is_not_replaced, the_clerk_works_on_without_a_manager, the_manager_sleeps_in_between
# word: a clerk is there already
async def stand_in(me, name, clerk):
    if me.whereis(name) is not None:
        await me.receive(me.monitor(name))
    while True:
        _, ref = me.spawn_monitor(clerk, name=name)
        down = await me.receive(ref)
        if down.reason == "normal":
            return
