# exercise: ticket
# belief: a slip that does not stay is forgotten
# fails: the_bus_is_forgotten, quiet_days_stay_quiet, everybody_is_somewhere
# holds: same_line_same_answer
# word: is in neither list or it stopped with ValueError
def admit(line, now):
    return [slip for slip in line if now - slip.came < 10], []
