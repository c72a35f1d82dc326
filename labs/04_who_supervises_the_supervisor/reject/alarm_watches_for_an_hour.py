# exercise: alarm
# belief: the alarm gives up within the hour, or never
# fails: the_alarm_comes_back, the_manager_is_told
# holds: the_tills_never_notice, the_neighbours_sleep
# word: 'Timeout' object
# search: may miss it, since its water comes within the hour
async def watchman(me):
    while True:
        down = await me.receive(me.monitor("alarm"), timeout=hours(1))
        me.send("manager", f"the alarm has given up: {down.reason}")
        await me.sleep(minutes(5))
        await restart_child(me, me.parent, "alarm")


def store(till, sensor, bell):
    children = [
        Child("till", till),
        Child("alarm", alarm(sensor, bell), restart="transient", name="alarm"),
        Child("watchman", watchman, restart="temporary"),
    ]
    return Supervisor(children, intensity=3, period=60)
