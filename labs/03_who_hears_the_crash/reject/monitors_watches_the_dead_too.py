# exercise: monitors
# belief: the watch of a dead process is noted too, in case it exits later
# fails: agrees_with_the_library
# holds: who_watches_is_told, each_monitor_has_a_reference_of_its_own, the_dead_are_down_at_once, what_is_taken_back_is_not_told, nobody_writes_to_the_dead
# word: should be
# rest: as in the solution
class Monitors:
    def monitor(self, watcher, target):
        """Watch; the new reference. The dead are down at once."""
        self.made += 1
        if self.is_alive(target):
            self.watches[self.made] = watcher, target
        else:
            self.send(watcher, ("DOWN", self.made, target, "noproc"))
            self.watches[self.made] = watcher, target
        return self.made
