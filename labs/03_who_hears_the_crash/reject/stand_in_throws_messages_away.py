# exercise: stand_in
# belief: a message that is not the Down may be thrown away
# fails: agrees_with_the_library
# holds: the_clerk_is_never_missed, who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_clerk_works_on_without_a_manager, the_manager_sleeps_in_between
# word: should be
async def stand_in(me, name, clerk):
    while True:
        if me.whereis(name) is None:
            me.spawn(clerk, name=name)
        ref = me.monitor(name)
        down = await me.receive()
        while getattr(down, "ref", None) != ref:
            down = await me.receive()
        if down.reason == "normal":
            return
