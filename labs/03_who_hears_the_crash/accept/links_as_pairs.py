# exercise: links
# idea: a list of pairs, searched each time
class Links:
    def __init__(self):
        self.pairs = []

    def link(self, one, other):
        if one != other and {one, other} not in self.pairs:
            self.pairs.append({one, other})

    def unlink(self, one, other):
        self.pairs = [pair for pair in self.pairs if pair != {one, other}]

    def fall(self, first, reason, trapping):
        fallen, told, todo = {}, [], [(first, reason)]
        while todo:
            one, why = todo.pop()
            if one in fallen:
                continue
            fallen[one] = why
            mine = [pair for pair in self.pairs if one in pair]
            self.pairs = [pair for pair in self.pairs if one not in pair]
            for pair in mine:
                (other,) = pair - {one}
                outcome, word = exit_signal(why, trapping=other in trapping, linked=True)
                if outcome == "message":
                    told.append((other, one, word))
                if outcome == "exits":
                    todo.append((other, word))
        return fallen, told
