# exercise: isolation
# idea: a tuple, from sets
def hurt(calm, crashed, culprits, tolerance=1.0):
    """The numbers, rising, of the others whom the crash cost more than `tolerance` seconds."""
    innocent = set(calm) - set(culprits)
    lost = innocent - set(crashed)
    late = {number for number in innocent - lost if crashed[number] > calm[number] + tolerance}
    return tuple(sorted(lost | late))
