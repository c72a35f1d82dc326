# exercise: monitors
# belief: a list is as good as a tuple
# fails: agrees_with_the_library
# holds: who_watches_is_told, each_monitor_has_a_reference_of_its_own, the_dead_are_down_at_once, what_is_taken_back_is_not_told, nobody_writes_to_the_dead
# word: not a tuple
# rest: as in the solution
class Monitors:
    def exited(self, pid, reason):
        """Tell the watchers of `pid`, which is no more, and forget its own monitors."""
        for ref, (watcher, target) in list(self.watches.items()):
            if pid in (watcher, target):
                del self.watches[ref]
                if watcher != pid:
                    self.send(watcher, ["DOWN", ref, target, reason])
