# exercise: restart_window
# belief: the newest stands at the end
# fails: the_new_one_comes_first, seconds_are_whole
# holds: who_is_within_the_period_counts, who_is_beyond_it_is_forgotten, the_edge_counts
# word: the window is
def restart_window(restarts, now, period):
    second = floor(now)
    return [*(earlier for earlier in reversed(restarts) if earlier >= second - period), second]
