# exercise: ticket
# belief: once the line was long I know that the bus is here
# fails: the_bus_is_forgotten, quiet_days_stay_quiet, same_line_same_answer
# holds: everybody_is_somewhere
# word: another answer or are ever served or are never served or nobody stays
longest = 0


def admit(line, now):
    global longest
    longest = max(longest, len(line))
    if longest > 100:
        return [], list(line)
    return list(line), []
