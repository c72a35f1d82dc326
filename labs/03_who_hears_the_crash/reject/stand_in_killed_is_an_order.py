# exercise: stand_in
# belief: a clerk who was killed was not wanted
# fails: the_clerk_is_never_missed, the_manager_sleeps_in_between
# holds: who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_clerk_works_on_without_a_manager
# word: without a clerk
async def stand_in(me, name, clerk):
    while True:
        if me.whereis(name) is None:
            me.spawn(clerk, name=name)
        down = await me.receive(me.monitor(name))
        if down.reason in ("normal", "killed"):
            return
