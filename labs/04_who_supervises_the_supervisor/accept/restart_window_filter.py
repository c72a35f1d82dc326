# exercise: restart_window
# idea: the new one first, then one filter over all
def restart_window(restarts, now, period):
    seconds = [now // 1, *restarts]
    return list(filter(lambda second: second + period >= seconds[0], seconds))
