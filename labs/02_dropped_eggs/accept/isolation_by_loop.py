# exercise: isolation
# idea: a loop that adds one after the other
def hurt(calm, crashed, culprits, tolerance=1.0):
    found = []
    for number in sorted(set(calm) - set(culprits)):
        if number not in crashed or crashed[number] - calm[number] > tolerance:
            found.append(number)
    return found
