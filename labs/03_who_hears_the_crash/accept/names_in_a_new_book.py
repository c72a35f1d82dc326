# exercise: names
# idea: each change makes a new book, and a refusal has a class of its own
class Refused(ValueError):
    pass


class Names:
    def __init__(self, is_alive):
        self.is_alive = is_alive
        self.book = dict()

    def register(self, name, pid):
        if not self.is_alive(pid):
            raise Refused("dead")
        if {name}.intersection(self.book) or any(owner == pid for owner in self.book.values()):
            raise Refused("taken")
        self.book = {**self.book, name: pid}

    def unregister(self, name):
        if self.book.pop(name, self) is self:
            raise Refused(name)

    def whereis(self, name):
        return dict.get(self.book, name, None)

    def exited(self, pid):
        self.book = {name: owner for name, owner in self.book.items() if owner != pid}
