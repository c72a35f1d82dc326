# exercise: alarm
# idea: the pid of the name, until the top has another
async def watchman(me):
    """Tell the manager when the alarm has given up, and bring it back, with patience."""
    while True:
        _, ref = me.whereis("alarm"), me.monitor(me.whereis("alarm"))
        down = await me.receive(ref)
        me.send("manager", ("the alarm is down", down.reason))
        await me.sleep(300)
        await restart_child(me, "the store", "alarm")


def store(till, sensor, bell):
    """The whole store: a till, the alarm, and whatever it takes that its silence is noticed."""

    async def named(me):
        me.register("the store", me.parent)
        await me.receive()

    children = [
        Child("name", named),
        Child("till", till),
        Child("alarm", alarm(sensor, bell), restart="transient", name="alarm"),
    ]
    return Supervisor([*children, Child("watchman", watchman)], intensity=3, period=60)
