# exercise: alarm
# belief: a linked process hears it
# fails: the_alarm_comes_back, the_manager_is_told, the_tills_never_notice, the_neighbours_sleep
# word: in the plug
async def watchman(me):
    """Tell the manager when the alarm has given up, and bring it back, with patience."""
    while True:
        me.link(me.whereis("alarm"))
        await me.receive()
        me.send("manager", "the alarm has given up")
        await me.sleep(minutes(5))
        await restart_child(me, me.parent, "alarm")


def store(till, sensor, bell):
    """The whole store: a till, the alarm, and whatever it takes that its silence is noticed."""
    children = [Child("till", till), Child("alarm", alarm(sensor, bell), restart="transient", name="alarm")]
    return Supervisor([*children, Child("watchman", watchman)], intensity=3, period=60)
