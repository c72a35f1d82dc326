# exercise: restart_window
# belief: five seconds are five seconds
# fails: seconds_are_whole
# holds: the_new_one_comes_first, who_is_within_the_period_counts, who_is_beyond_it_is_forgotten, the_edge_counts
# word: the window is
def restart_window(restarts, now, period):
    return [now, *(earlier for earlier in restarts if now - earlier <= period)]
