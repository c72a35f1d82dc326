# exercise: stand_in
# belief: a counter is staffed, whatever happens
# fails: who_goes_home_is_not_replaced, whoever_has_the_name_is_watched
# holds: the_clerk_is_never_missed, the_clerk_works_on_without_a_manager, the_manager_sleeps_in_between
# word: went home or goes home
async def stand_in(me, name, clerk):
    while True:
        if me.whereis(name) is None:
            me.spawn(clerk, name=name)
        await me.receive(me.monitor(name))
