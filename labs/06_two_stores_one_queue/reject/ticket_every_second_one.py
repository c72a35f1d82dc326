# exercise: ticket
# belief: every second one is half of them
# fails: the_bus_is_forgotten, quiet_days_stay_quiet
# holds: everybody_is_somewhere, same_line_same_answer
# word: are never served or are ever served
def admit(line, now):
    stay = [slip for slip in line if slip.customer % 2]
    return stay, [slip for slip in line if slip.customer % 2 == 0]
