# exercise: monitors
# belief: the monitors of the dead need not be forgotten, since is_alive tells who may be written to
# fails: nobody_writes_to_the_dead
# holds: who_watches_is_told, each_monitor_has_a_reference_of_its_own, the_dead_are_down_at_once, what_is_taken_back_is_not_told
# word: a new process
class Monitors:
    def __init__(self, is_alive, send):
        self.is_alive, self.send = is_alive, send
        self.watches = []

    def monitor(self, watcher, target):
        ref = object()
        if self.is_alive(target):
            self.watches.append((ref, watcher, target))
        else:
            self.send(watcher, ("DOWN", ref, target, "noproc"))
        return ref

    def demonitor(self, ref):
        self.watches = [watch for watch in self.watches if watch[0] is not ref]

    def exited(self, pid, reason):
        mine = [watch for watch in self.watches if watch[2] == pid]
        self.watches = [watch for watch in self.watches if watch[2] != pid]
        for ref, watcher, target in mine:
            if self.is_alive(watcher):
                self.send(watcher, ("DOWN", ref, target, reason))
