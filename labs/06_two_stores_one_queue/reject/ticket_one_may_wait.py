# exercise: ticket
# belief: no line is the best line
# fails: the_bus_is_forgotten, quiet_days_stay_quiet
# holds: everybody_is_somewhere, same_line_same_answer
# word: are never served or are ever served
# search: may miss it, since both counters serve five a second and have hardly a line before the bus
def admit(line, now):
    return line[:1], line[1:]
