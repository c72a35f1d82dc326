# exercise: links
# belief: linked twice must be unlinked twice
# fails: there_is_one_link_or_none
# holds: the_linked_fall_together, who_goes_home_takes_nobody_along, a_trapper_is_a_fire_door, a_trapper_is_told_by_each, each_has_the_right_reason, the_dead_hold_no_links
# word: should be gone
class Links:
    def __init__(self):
        self.pairs = []

    def link(self, one, other):
        if one != other:
            self.pairs.append({one, other})

    def unlink(self, one, other):
        if {one, other} in self.pairs:
            self.pairs.remove({one, other})

    def fall(self, first, reason, trapping):
        fallen, told, todo = {first: reason}, [], [first]
        for one in todo:
            mine = [pair for pair in self.pairs if one in pair]
            self.pairs = [pair for pair in self.pairs if one not in pair]
            for pair in mine:
                (other,) = pair - {one}
                outcome, word = exit_signal(fallen[one], trapping=other in trapping, linked=True)
                if outcome == "message":
                    told.append((other, one, word))
                elif outcome == "exits" and other not in fallen:
                    fallen[other] = word
                    todo.append(other)
        return fallen, told
