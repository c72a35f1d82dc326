# exercise: ticket
# belief: ten seconds begin when we look
# fails: the_bus_is_forgotten
# holds: quiet_days_stay_quiet, everybody_is_somewhere, same_line_same_answer
# word: are ever served
def admit(line, now):
    until = now + 10
    stay = [slip for slip in line if now < until]
    return stay, [slip for slip in line if now >= until]
