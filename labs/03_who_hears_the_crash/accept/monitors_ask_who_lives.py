# exercise: monitors
# idea: the dead watcher is found out when it would be told
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
