# exercise: two_choices
# idea: all draws at once
def two_choices(seen, chance, d=2):
    lit = [n for n, is_open in enumerate(seen.open) if is_open]
    return min(chance.choices(lit, k=d), key=seen.inside.__getitem__) if lit else None
