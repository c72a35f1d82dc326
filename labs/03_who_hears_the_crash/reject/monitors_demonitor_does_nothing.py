# exercise: monitors
# belief: a message that was asked for comes
# fails: what_is_taken_back_is_not_told
# holds: who_watches_is_told, each_monitor_has_a_reference_of_its_own, the_dead_are_down_at_once, nobody_writes_to_the_dead
# word: taken back
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
        return None

    def exited(self, pid, reason):
        for ref, (watcher, target) in list(self.watches.items()):
            if pid in (watcher, target):
                del self.watches[ref]
                if watcher != pid:
                    self.send(watcher, ("DOWN", ref, target, reason))
