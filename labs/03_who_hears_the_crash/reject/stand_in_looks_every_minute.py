# exercise: stand_in
# belief: once a minute is enough
# fails: the_clerk_is_never_missed, who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_clerk_works_on_without_a_manager, the_manager_sleeps_in_between
# holds:
# word: clerk
async def stand_in(me, name, clerk):
    me.spawn(clerk, name=name) if me.whereis(name) is None else None
    await me.sleep(59.75)
    while True:
        await me.sleep(60)
        if me.whereis(name) is None:
            me.spawn(clerk, name=name)
