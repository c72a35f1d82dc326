# exercise: ticket
# belief: those who have come last can come again most easily
# fails: the_bus_is_forgotten, quiet_days_stay_quiet, same_line_same_answer
# holds: everybody_is_somewhere
# word: are ever served or are never served or nobody stays
def admit(line, now):
    stay = [slip for slip in line if now - slip.came >= 1]
    return stay, [slip for slip in line if now - slip.came < 1]
