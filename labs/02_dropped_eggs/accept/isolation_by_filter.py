# exercise: isolation
# idea: the lost and the late apart
def hurt(calm, crashed, culprits, tolerance=1.0):
    others = calm.keys() - set(culprits)
    lost = others - crashed.keys()
    late = {number for number in others & crashed.keys() if crashed[number] > calm[number] + tolerance}
    return sorted(lost | late)
