# exercise: ticket
# idea: a slip stays if its turn comes in time, five a second
def admit(line, now):
    stay, away = [], []
    for slip in line:
        turn = now + len(stay) / 5
        (stay if turn - slip.came < 9 else away).append(slip)
    return tuple(stay), tuple(away)
