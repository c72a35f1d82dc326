# exercise: stand_in
# belief: any Down is the clerk's
# fails: the_clerk_is_never_missed
# holds: who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_clerk_works_on_without_a_manager, the_manager_sleeps_in_between
# word: somebody else's Down
async def stand_in(me, name, clerk):
    from letitcrash.process import Down

    if not me.whereis(name):
        me.spawn(clerk, name=name)
    me.monitor(me.whereis(name))
    while True:
        match await me.receive(Down):
            case Down(reason="normal"):
                break
            case _:
                me.spawn_monitor(clerk, name=name)
