# exercise: names
# idea: a list of pairs
class Names:
    def __init__(self, is_alive):
        self.is_alive = is_alive
        self.book = []

    def register(self, name, pid):
        if any(name == each or pid == owner for each, owner in self.book):
            raise ValueError((name, pid))
        if not self.is_alive(pid):
            raise ValueError(pid)
        self.book.append((name, pid))

    def unregister(self, name):
        if self.whereis(name) is None:
            raise ValueError(name)
        self.book = [entry for entry in self.book if entry[0] != name]

    def whereis(self, name):
        for each, owner in self.book:
            if each == name:
                return owner

    def exited(self, pid):
        self.book = [entry for entry in self.book if entry[1] != pid]
