# exercise: start_times
# idea: each start is the least of what the orders behind it allow
# rest: as in the solution
def start_times(orders, takes):
    row = sorted(orders.items(), key=lambda order: order[1])
    return {
        name: min(due - (number - at + 1) * takes for number, (_, due) in list(enumerate(row))[at:])
        for at, (name, _) in enumerate(row)
    }
