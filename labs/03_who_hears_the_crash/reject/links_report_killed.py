# exercise: links
# belief: a process that kills itself was killed
# fails: each_has_the_right_reason
# holds: the_linked_fall_together, who_goes_home_takes_nobody_along, a_trapper_is_a_fire_door, a_trapper_is_told_by_each, there_is_one_link_or_none, the_dead_hold_no_links
# word: the reasons should be
class Links:
    def __init__(self):
        self.ties = {}

    def link(self, one, other):
        if one != other:
            self.ties.setdefault(one, {})[other] = True
            self.ties.setdefault(other, {})[one] = True

    def unlink(self, one, other):
        self.ties.get(one, {}).pop(other, None)
        self.ties.get(other, {}).pop(one, None)

    def fall(self, first, reason, trapping):
        fallen, told, leaving = {first: reason}, [], [first]
        for one in leaving:
            for other in self.ties.pop(one, {}):
                self.ties[other].pop(one, None)
                outcome, word = exit_signal(fallen[one], trapping=other in trapping, linked=True)
                if outcome == "message":
                    told.append((other, one, word))
                elif outcome == "exits" and other not in fallen:
                    fallen[other] = "killed" if word == "kill" else word
                    leaving.append(other)
        return fallen, told
