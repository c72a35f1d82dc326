# exercise: restart_window
# idea: count those that are young enough; the list is sorted, so they are its beginning
def restart_window(restarts, now, period):
    second = floor(now)
    k = sum(earlier >= second - period for earlier in restarts)
    return [second] + restarts[:k]  # noqa: RUF005 (as students write it)
