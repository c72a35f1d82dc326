# exercise: monitors
# belief: the reference says who watches
# fails: each_monitor_has_a_reference_of_its_own
# holds: who_watches_is_told, the_dead_are_down_at_once, what_is_taken_back_is_not_told, nobody_writes_to_the_dead
# word: reference
class Monitors:
    def __init__(self, is_alive, send):
        self.is_alive, self.send = is_alive, send
        self.watches = {}
        self.made = 0

    def monitor(self, watcher, target):
        self.made += 1
        if self.is_alive(target):
            self.watches[self.made] = (watcher, target)
        else:
            self.send(watcher, ("DOWN", watcher, target, "noproc"))
        return watcher

    def demonitor(self, ref):
        for number, (watcher, _) in list(self.watches.items()):
            if watcher == ref:
                del self.watches[number]
                return

    def exited(self, pid, reason):
        for ref, (watcher, target) in list(self.watches.items()):
            if pid in (watcher, target):
                del self.watches[ref]
                if watcher != pid:
                    self.send(watcher, ("DOWN", watcher, target, reason))
