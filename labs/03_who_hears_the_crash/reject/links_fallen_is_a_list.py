# exercise: links
# belief: the fallen are pairs in a list
# fails: the_linked_fall_together, who_goes_home_takes_nobody_along, a_trapper_is_a_fire_door, a_trapper_is_told_by_each, there_is_one_link_or_none, each_has_the_right_reason, the_dead_hold_no_links, agrees_with_the_library
# word: should be a dict
# rest: as in the solution
class Links:
    def fall(self, first, reason, trapping):
        """The results of the exit of `first`: fallen, {who: reason}, and told, [(who, from whom, reason)]."""
        fallen, told, leaving = {first: reason}, [], [first]
        for one in leaving:
            for other in self.ties.pop(one, set()):
                self.ties[other].discard(one)
                outcome, word = exit_signal(fallen[one], trapping=other in trapping, linked=True)
                if outcome == "message":
                    told.append((other, one, word))
                elif outcome == "exits" and other not in fallen:
                    fallen[other] = word
                    leaving.append(other)
        return list(fallen.items()), told
