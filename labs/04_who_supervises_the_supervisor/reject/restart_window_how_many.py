# exercise: restart_window
# belief: only the number counts
# fails: the_new_one_comes_first, who_is_within_the_period_counts, who_is_beyond_it_is_forgotten, the_edge_counts, seconds_are_whole
# word: a number came back
def restart_window(restarts, now, period):
    second = floor(now)
    return 1 + sum(earlier >= second - period for earlier in restarts)
