# exercise: links
# idea: each one who falls calls fall for the next
class Links:
    def __init__(self):
        self.ties = {}

    def link(self, one, other):
        if one == other:
            return
        for a, b in ((one, other), (other, one)):
            if b not in self.ties.setdefault(a, []):
                self.ties[a].append(b)

    def unlink(self, one, other):
        for a, b in ((one, other), (other, one)):
            if b in self.ties.get(a, []):
                self.ties[a].remove(b)

    def fall(self, first, reason, trapping):
        fallen, told = {first: reason}, []
        for other in list(self.ties.get(first, [])):
            if other not in self.ties.get(first, []):
                continue
            self.unlink(first, other)
            outcome, word = exit_signal(reason, trapping=other in trapping, linked=True)
            if outcome == "message":
                told.append((other, first, word))
            elif outcome == "exits":
                more, heard = self.fall(other, word, trapping)
                fallen.update(more)
                told.extend(heard)
        return fallen, told
