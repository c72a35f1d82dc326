# exercise: ticket
# idea: a line that is too long is sent away as a whole
def admit(line, now):
    too_long = len(line) > 40
    return ([], line) if too_long else (line, [])
