# exercise: restart_window
# belief: 6.9 s is nearly 7
# fails: seconds_are_whole
# holds: the_new_one_comes_first, who_is_within_the_period_counts, who_is_beyond_it_is_forgotten, the_edge_counts
# word: the window is
def restart_window(restarts, now, period):
    """The restarts that count when there is one more at `now`: whole seconds, newest first."""
    second = round(now)
    return [second, *(earlier for earlier in restarts if earlier >= second - period)]
