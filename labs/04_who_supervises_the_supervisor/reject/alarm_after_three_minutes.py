# exercise: alarm
# belief: twice twenty rounds an hour are fewer than thirty starts
# fails: the_neighbours_sleep
# holds: the_alarm_comes_back, the_manager_is_told, the_tills_never_notice
# word: in the plug
# rest: as in the solution
async def watchman(me):
    """Tell the manager when the alarm has given up, and bring it back, with patience."""
    while True:
        await me.receive(me.monitor("alarm"))
        me.send("manager", "the alarm has given up")
        await me.sleep(minutes(3))
        await restart_child(me, me.parent, "alarm")
