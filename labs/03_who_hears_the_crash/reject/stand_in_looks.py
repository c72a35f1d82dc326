# exercise: stand_in
# belief: looking often enough is watching
# fails: the_manager_sleeps_in_between
# holds: the_clerk_is_never_missed, who_goes_home_is_not_replaced, whoever_has_the_name_is_watched, the_clerk_works_on_without_a_manager
# word: woke up
# search: may miss it, since nobody sees from outside that the manager looks four times a second
async def stand_in(me, name, clerk):
    while True:
        if me.whereis(name) is None:
            pid = me.spawn(clerk, name=name)
            ref = me.monitor(pid)
        else:
            ref = me.monitor(name)
        while True:
            down = await me.receive(ref, timeout=0.25)
            if hasattr(down, "reason"):
                break
        if down.reason == "normal":
            return
