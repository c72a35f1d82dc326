# exercise: restart_window
# idea: the whole second by cutting off; a tuple
def restart_window(restarts, now, period):
    whole = int(now)
    window = (whole,)
    for earlier in restarts:
        if whole - earlier <= period:
            window += (earlier,)
    return window
