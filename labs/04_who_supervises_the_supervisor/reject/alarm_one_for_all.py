# exercise: alarm
# belief: all in the store belong together
# fails: the_alarm_comes_back, the_manager_is_told, the_tills_never_notice, the_neighbours_sleep
# word: in the plug
# rest: as in the solution
def store(till, sensor, bell):
    """The whole store: a till, the alarm, and whatever it takes that its silence is noticed."""
    children = [Child("till", till), Child("alarm", alarm(sensor, bell), name="alarm")]
    return Supervisor([*children, Child("watchman", watchman)], intensity=3, period=60, strategy="one_for_all")
