# exercise: change
# belief: money is counted in dollars
# fails: gives_back_what_is_too_much
# holds: refuses_too_little
# word: should
def change(price, paid):
    if paid < price:
        raise ValueError("more")
    return (paid - price) / 100 + 0.01
