# exercise: stand_in
# belief: a link with trapping is a monitor
# fails: the_clerk_works_on_without_a_manager
# holds: the_clerk_is_never_missed, who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_manager_sleeps_in_between
# word: without a clerk
async def stand_in(me, name, clerk):
    from letitcrash.process import ExitSignal

    me.trap_exit = True
    while True:
        if me.whereis(name) is None:
            pid = me.spawn_link(clerk, name=name)
        else:
            pid = me.whereis(name)
            me.link(pid)
        word = await me.receive(ExitSignal)
        if word.reason == "normal":
            return
