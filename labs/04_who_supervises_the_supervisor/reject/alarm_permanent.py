# exercise: alarm
# belief: permanent is the safe choice
# fails: the_alarm_comes_back, the_manager_is_told, the_tills_never_notice, the_neighbours_sleep
# word: in the plug
async def watchman(me):
    await me.receive()


def store(till, sensor, bell):
    return Supervisor(
        [Child("till", till), Child("alarm", alarm(sensor, bell), restart="permanent")], intensity=3, period=60
    )
