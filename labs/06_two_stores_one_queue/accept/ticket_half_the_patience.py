# exercise: ticket
# idea: five seconds are enough; the front of the line in a loop
def admit(line, now):
    waiting = list(line)
    gone = []
    while waiting and now - waiting[0].came >= 5:
        gone.append(waiting.pop(0))
    return waiting, gone
