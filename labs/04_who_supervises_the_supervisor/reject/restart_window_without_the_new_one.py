# exercise: restart_window
# belief: the new restart is not an old one
# fails: the_new_one_comes_first, who_is_beyond_it_is_forgotten, the_edge_counts, seconds_are_whole
# holds: who_is_within_the_period_counts
# word: the window is
def restart_window(restarts, now, period):
    return [earlier for earlier in restarts if earlier >= floor(now) - period]
