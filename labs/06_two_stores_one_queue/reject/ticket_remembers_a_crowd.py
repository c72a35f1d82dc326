# exercise: ticket
# belief: once there was a crowd, old slips go from then on
# fails: same_line_same_answer
# holds: the_bus_is_forgotten, quiet_days_stay_quiet, everybody_is_somewhere
# word: another answer
# search: each of the two counters has its bus, and an old slip is worth as little at the other one
crowded = []


def admit(line, now):
    if len(line) > 60:
        crowded.append(now)
    old = [slip for slip in line if now - slip.came >= 10] if crowded else []
    return [slip for slip in line if slip not in old], old
