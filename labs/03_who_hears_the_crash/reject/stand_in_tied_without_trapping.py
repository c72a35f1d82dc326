# exercise: stand_in
# belief: a linked process hears
# fails: the_clerk_is_never_missed, who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_clerk_works_on_without_a_manager, the_manager_sleeps_in_between
# holds:
# word: without a clerk
async def stand_in(me, name, clerk):
    while True:
        if me.whereis(name) is None:
            me.spawn_link(clerk, name=name)
        else:
            me.link(me.whereis(name))
        await me.receive()
