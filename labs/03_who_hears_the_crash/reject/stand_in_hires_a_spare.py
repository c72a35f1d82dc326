# exercise: stand_in
# belief: two clerks are safer than one
# fails: the_clerk_is_never_missed, who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_clerk_works_on_without_a_manager, the_manager_sleeps_in_between
# holds:
# word: clerk
async def stand_in(me, name, clerk):
    while True:
        if me.whereis(name) is None:
            me.spawn(clerk, name=name)
            me.spawn(clerk)
        down = await me.receive(me.monitor(name))
        if down.reason == "normal":
            return
