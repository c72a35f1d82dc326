# exercise: links
# belief: a trapper is told once
# fails: a_trapper_is_told_by_each
# holds: the_linked_fall_together, who_goes_home_takes_nobody_along, a_trapper_is_a_fire_door, there_is_one_link_or_none, each_has_the_right_reason, the_dead_hold_no_links
# word: told, (who
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
                if outcome == "message" and other not in [who for who, _, _ in told]:
                    told.append((other, one, word))
                elif outcome == "exits" and other not in fallen:
                    fallen[other] = word
                    leaving.append(other)
        return fallen, told
