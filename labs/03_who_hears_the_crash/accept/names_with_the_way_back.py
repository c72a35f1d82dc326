# exercise: names
# idea: two dicts, one for each way
class Names:
    def __init__(self, is_alive):
        self.is_alive = is_alive
        self.pids, self.names = {}, {}

    def register(self, name, pid):
        if name in self.pids:
            raise ValueError("taken")
        if pid in self.names:
            raise ValueError("named")
        if not self.is_alive(pid):
            raise ValueError("dead")
        self.pids[name], self.names[pid] = pid, name

    def unregister(self, name):
        if name not in self.pids:
            raise ValueError("unknown")
        del self.names[self.pids.pop(name)]

    def whereis(self, name):
        return self.pids.get(name)

    def exited(self, pid):
        if pid in self.names:
            self.unregister(self.names[pid])
