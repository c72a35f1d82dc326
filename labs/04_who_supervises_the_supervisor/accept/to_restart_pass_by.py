# exercise: to_restart
# idea: go through the list and remember having met the one
def to_restart(strategy, children, failed):
    found, met = [], False
    for child in children:
        met = met or child == failed
        if child == failed or strategy == "one_for_all" or (strategy == "rest_for_one" and met):
            found.append(child)
    return found
