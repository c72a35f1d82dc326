# exercise: change
# belief: a debt is negative change
# fails: refuses_too_little
# holds: gives_back_what_is_too_much
# word: nobody said a word
def change(price, paid):
    return paid - price
