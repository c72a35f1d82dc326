# exercise: names
# belief: every process that exits had a name
# fails: the_name_of_the_dead_is_free
# holds: a_name_finds_its_process, a_name_has_one_owner, a_process_has_one_name, the_dead_get_no_name, a_name_can_be_given_back
# word: refused
class Names:
    def __init__(self, is_alive):
        self.is_alive = is_alive
        self.book = {}

    def register(self, name, pid):
        if name in self.book or pid in self.book.values() or not self.is_alive(pid):
            raise ValueError(name)
        self.book[name] = pid

    def unregister(self, name):
        if name not in self.book:
            raise ValueError(name)
        del self.book[name]

    def whereis(self, name):
        return self.book.get(name)

    def exited(self, pid):
        if pid not in self.book.values():
            raise ValueError(pid)
        for name, owner in list(self.book.items()):
            if owner == pid:
                del self.book[name]
