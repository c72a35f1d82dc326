# exercise: ticket
# idea: a line of forty is eight seconds long
ROOM = 40


def admit(line, now):
    return line[:ROOM], line[ROOM:]
