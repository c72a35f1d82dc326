# exercise: monitors
# belief: a process that watches is watched
# fails: nobody_writes_to_the_dead
# holds: who_watches_is_told, each_monitor_has_a_reference_of_its_own, the_dead_are_down_at_once, what_is_taken_back_is_not_told
# word: should be
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
            self.send(watcher, ("DOWN", self.made, target, "noproc"))
        return self.made

    def demonitor(self, ref):
        self.watches.pop(ref, None)

    def exited(self, pid, reason):
        for ref, (watcher, target) in list(self.watches.items()):
            if pid in (watcher, target):
                del self.watches[ref]
                other = target if watcher == pid else watcher
                self.send(other, ("DOWN", ref, pid, reason))
