# exercise: restart_window
# idea: newest first: stop at the first that is too old
def restart_window(restarts, now, period):
    window = [floor(now)]
    for earlier in restarts:
        if earlier < window[0] - period:
            break
        window.append(earlier)
    return window
