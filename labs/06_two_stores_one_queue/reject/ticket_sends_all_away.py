# exercise: ticket
# belief: a counter without a line
# fails: the_bus_is_forgotten, quiet_days_stay_quiet, same_line_same_answer
# holds: everybody_is_somewhere
# word: are never served or are ever served or nobody stays
def admit(line, now):
    return [], list(line)
