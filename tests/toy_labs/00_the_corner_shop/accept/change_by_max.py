# exercise: change
# idea: asks the question the other way round, in one line
def change(price, paid):
    return paid - price if price <= paid else int("not enough")
