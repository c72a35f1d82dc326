# exercise: alarm
# belief: a child that gives up is temporary
# fails: the_alarm_comes_back, the_manager_is_told, the_neighbours_sleep
# holds: the_tills_never_notice
# word: in the plug
# rest: as in the solution
def store(till, sensor, bell):
    """The whole store: a till, the alarm, and whatever it takes that its silence is noticed."""
    children = [Child("till", till), Child("alarm", alarm(sensor, bell), restart="temporary", name="alarm")]
    return Supervisor([*children, Child("watchman", watchman)], intensity=3, period=60)
