# exercise: ticket
# idea: all stay, the newest first
def admit(line, now):
    return sorted(line, key=lambda slip: slip.came, reverse=True), []
