# exercise: alarm
# belief: it is the sensor that crashes
# fails: the_manager_is_told
# holds: the_alarm_comes_back, the_tills_never_notice, the_neighbours_sleep
# word: in the plug
async def watchman(me):
    """Tell the manager when the alarm has given up, and bring it back, with patience."""
    while True:
        await me.receive(me.monitor("sensor"))
        me.send("manager", "the alarm has given up")
        await me.sleep(minutes(5))
        await restart_child(me, me.parent, "alarm")


def store(till, sensor, bell):
    """The whole store: a till, the alarm, and whatever it takes that its silence is noticed."""
    sensing = Supervisor([Child("sensor", sensor, name="sensor"), Child("bell", bell)], intensity=1, period=60)
    children = [Child("till", till), Child("alarm", sensing, restart="transient", name="alarm")]
    return Supervisor([*children, Child("watchman", watchman)], intensity=3, period=60)
