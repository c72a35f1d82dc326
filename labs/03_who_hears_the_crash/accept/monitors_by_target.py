# exercise: monitors
# idea: a list of watches for each target
class Monitors:
    def __init__(self, is_alive, send):
        self.is_alive, self.send = is_alive, send
        self.by_target = {}
        self.next = 100

    def monitor(self, watcher, target):
        ref = f"#{self.next}"
        self.next += 1
        if not self.is_alive(target):
            self.send(watcher, ("DOWN", ref, target, "noproc"))
            return ref
        self.by_target.setdefault(target, {})[ref] = watcher
        return ref

    def demonitor(self, ref):
        for watchers in self.by_target.values():
            watchers.pop(ref, None)

    def exited(self, pid, reason):
        for ref, watcher in self.by_target.pop(pid, {}).items():
            self.send(watcher, ("DOWN", ref, pid, reason))
        for watchers in self.by_target.values():
            for ref in [ref for ref, watcher in watchers.items() if watcher == pid]:
                del watchers[ref]
