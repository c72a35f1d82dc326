# exercise: alarm
# belief: permanent, with an intensity that never runs out
# fails: the_manager_is_told, the_neighbours_sleep
# holds: the_alarm_comes_back, the_tills_never_notice
# word: in the plug
async def watchman(me):
    await me.receive()


def store(till, sensor, bell):
    return Supervisor(
        [Child("till", till), Child("alarm", alarm(sensor, bell), restart="permanent")], intensity=1000, period=60
    )
