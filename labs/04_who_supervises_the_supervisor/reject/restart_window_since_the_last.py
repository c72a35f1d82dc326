# exercise: restart_window
# belief: restarts belong together as long as no pause is longer than the period
# fails: who_is_beyond_it_is_forgotten, the_edge_counts
# holds: the_new_one_comes_first, who_is_within_the_period_counts, seconds_are_whole
# word: the window is
def restart_window(restarts, now, period):
    window = [floor(now)]
    for earlier in restarts:
        if window[-1] - earlier > period:
            break
        window.append(earlier)
    return window
