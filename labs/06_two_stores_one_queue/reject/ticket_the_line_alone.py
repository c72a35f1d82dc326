# exercise: ticket
# belief: the answer is the line
# fails: the_bus_is_forgotten, quiet_days_stay_quiet, everybody_is_somewhere, same_line_same_answer
# word: two lists or another answer
def admit(line, now):
    return [slip for slip in line if now - slip.came < 10]
