# exercise: ticket
# belief: more room
# fails: the_bus_is_forgotten
# holds: quiet_days_stay_quiet, everybody_is_somewhere, same_line_same_answer
# word: are ever served
def admit(line, now):
    return line[:1000], line[1000:]
