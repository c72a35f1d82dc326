# exercise: restart_window
# belief: a restart a whole period ago is over
# fails: the_edge_counts, seconds_are_whole
# holds: the_new_one_comes_first, who_is_within_the_period_counts, who_is_beyond_it_is_forgotten
# word: the window is
def restart_window(restarts, now, period):
    """The restarts that count when there is one more at `now`: whole seconds, newest first."""
    second = floor(now)
    return [second, *(earlier for earlier in restarts if earlier > second - period)]
