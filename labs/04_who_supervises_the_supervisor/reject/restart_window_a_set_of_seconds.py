# exercise: restart_window
# belief: a second counts once
# fails: who_is_within_the_period_counts
# holds: the_new_one_comes_first, who_is_beyond_it_is_forgotten, the_edge_counts, seconds_are_whole
# word: the window is
def restart_window(restarts, now, period):
    second = floor(now)
    return sorted({second, *(earlier for earlier in restarts if earlier >= second - period)}, reverse=True)
