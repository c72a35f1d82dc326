# exercise: monitors
# belief: a process that is dead already cannot exit any more
# fails: the_dead_are_down_at_once
# holds: who_watches_is_told, each_monitor_has_a_reference_of_its_own, what_is_taken_back_is_not_told, nobody_writes_to_the_dead
# word: noproc
class Monitors:
    def __init__(self, is_alive, send):
        self.is_alive, self.send = is_alive, send
        self.watches = {}
        self.made = 0

    def monitor(self, watcher, target):
        self.made += 1
        self.watches[self.made] = (watcher, target)
        return self.made

    def demonitor(self, ref):
        self.watches.pop(ref, None)

    def exited(self, pid, reason):
        for ref, (watcher, target) in list(self.watches.items()):
            if pid in (watcher, target):
                del self.watches[ref]
                if watcher != pid:
                    self.send(watcher, ("DOWN", ref, target, reason))
