# exercise: ticket
# idea: only the thirty newest stay
def admit(line, now):
    by_age = sorted(line, key=lambda slip: (slip.came, slip.visit))
    return by_age[-30:], by_age[:-30]
