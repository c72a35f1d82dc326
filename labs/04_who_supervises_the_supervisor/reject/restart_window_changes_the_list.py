# exercise: restart_window
# belief: the list of restarts is mine to keep up to date
# fails: agrees_with_the_library
# holds: the_new_one_comes_first, who_is_within_the_period_counts, who_is_beyond_it_is_forgotten, the_edge_counts, seconds_are_whole
# word: the list of restarts
def restart_window(restarts, now, period):
    second = floor(now)
    restarts.insert(0, second)
    while second - restarts[-1] > period:
        restarts.pop()
    return restarts
