# exercise: ticket
# belief: those who have waited longest have earned it
# fails: the_bus_is_forgotten, quiet_days_stay_quiet, same_line_same_answer
# holds: everybody_is_somewhere
# word: are never served or are ever served or nobody stays
def admit(line, now):
    stay = [slip for slip in line if now - slip.came >= 10]
    return stay, [slip for slip in line if now - slip.came < 10]
