# exercise: links
# belief: pids can be put in order
# fails: agrees_with_the_library
# holds: the_linked_fall_together, who_goes_home_takes_nobody_along, a_trapper_is_a_fire_door, a_trapper_is_told_by_each, there_is_one_link_or_none, each_has_the_right_reason, the_dead_hold_no_links
# word: not supported between
class Links:
    def __init__(self):
        self.ties = {}

    def link(self, one, other):
        if one != other:
            self.ties.setdefault(one, set()).add(other)
            self.ties.setdefault(other, set()).add(one)

    def unlink(self, one, other):
        self.ties.get(one, set()).discard(other)
        self.ties.get(other, set()).discard(one)

    def fall(self, first, reason, trapping):
        fallen, told, leaving = {first: reason}, [], [first]
        for one in leaving:
            for other in sorted(self.ties.pop(one, set())):
                self.ties[other].discard(one)
                outcome, word = exit_signal(reason, trapping=other in trapping, linked=True)
                if outcome == "message":
                    told.append((other, one, word))
                elif outcome == "exits":
                    fallen[other] = word
                    leaving.append(other)
        return fallen, told
