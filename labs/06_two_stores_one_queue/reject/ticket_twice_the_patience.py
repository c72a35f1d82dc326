# exercise: ticket
# belief: they are patient for twenty seconds
# fails: the_bus_is_forgotten
# holds: quiet_days_stay_quiet, everybody_is_somewhere, same_line_same_answer
# word: are ever served
def admit(line, now):
    stay = [slip for slip in line if now - slip.came < 20]
    return stay, [slip for slip in line if now - slip.came >= 20]
