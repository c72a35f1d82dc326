# exercise: alarm
# idea: ask the top who is there, and wait
async def watchman(me):
    from letitcrash.supervisor import which_children

    while True:
        await me.sleep(minutes(1))
        for child in await which_children(me, me.parent):
            if child.id == "alarm" and child.pid is None:
                me.send("manager", "no alarm")
                await me.sleep(minutes(6))
                await restart_child(me, me.parent, "alarm")


def store(till, sensor, bell):
    """The whole store: a till, the alarm, and whatever it takes that its silence is noticed."""
    children = [Child("till", till), Child("alarm", alarm(sensor, bell), restart="transient")]
    return Supervisor([*children, Child("watchman", watchman)], intensity=3, period=60)
