# exercise: ticket
# belief: a long line draws lots
# fails: same_line_same_answer
# holds: the_bus_is_forgotten, quiet_days_stay_quiet, everybody_is_somewhere
# word: another answer or two different answers
import random


def admit(line, now):
    if len(line) < 40:
        return list(line), []
    stay = [slip for slip in line if random.random() < 0.5]
    return stay, [slip for slip in line if slip not in stay]
