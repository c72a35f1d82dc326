# exercise: monitors
# idea: references are bare objects, and a watch is a dict
class Monitors:
    def __init__(self, is_alive, send):
        self.is_alive, self.send = is_alive, send
        self.watches = {}
        self.made = 0

    def monitor(self, watcher, target):
        ref = object()
        if not self.is_alive(target):
            self.send(watcher, ("DOWN", ref, target, "noproc"))
            return ref
        self.watches[ref] = {"watcher": watcher, "target": target}
        return ref

    def demonitor(self, ref):
        if ref in self.watches:
            del self.watches[ref]

    def exited(self, pid, reason):
        mine = [(ref, watch) for ref, watch in self.watches.items() if pid in watch.values()]
        for ref, _ in mine:
            del self.watches[ref]
        for ref, watch in mine:
            if watch["watcher"] != pid:
                self.send(watch["watcher"], ("DOWN", ref, watch["target"], reason))
