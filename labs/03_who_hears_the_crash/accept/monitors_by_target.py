# exercise: monitors
# idea: watches by their target, and references that are objects
class Reference:
    """Equal only to itself."""


class Monitors:
    def __init__(self, is_alive, send):
        self.is_alive = is_alive
        self.send = send
        self.by_target = {}

    def monitor(self, watcher, target):
        ref = Reference()
        if not self.is_alive(target):
            self.send(watcher, ("DOWN", ref, target, "noproc"))
            return ref
        self.by_target.setdefault(target, {})[ref] = watcher
        return ref

    def demonitor(self, ref):
        for watches in self.by_target.values():
            if ref in watches:
                del watches[ref]
                return

    def exited(self, pid, reason):
        told = self.by_target.pop(pid, {})
        for watches in self.by_target.values():
            for ref in [ref for ref, watcher in watches.items() if watcher == pid]:
                watches.pop(ref)
        for ref, watcher in told.items():
            if watcher != pid:
                self.send(watcher, ("DOWN", ref, pid, reason))
