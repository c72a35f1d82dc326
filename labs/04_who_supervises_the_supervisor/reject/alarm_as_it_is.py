# exercise: alarm
# belief: transient is the safe choice
# fails: the_alarm_comes_back, the_manager_is_told, the_neighbours_sleep
# holds: the_tills_never_notice
# word: in the plug
async def watchman(me):
    await me.receive()


def store(till, sensor, bell):
    return Supervisor(
        [Child("till", till), Child("alarm", alarm(sensor, bell), restart="transient")], intensity=3, period=60
    )
