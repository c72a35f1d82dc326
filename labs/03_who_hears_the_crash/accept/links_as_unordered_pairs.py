# exercise: links
# idea: each link is a frozenset of two
from collections import deque


class Links:
    """Pairs, each a frozenset; a dict of who fell, walked like a queue."""

    def __init__(self):
        self.pairs = {}

    @property
    def ties(self):
        return {p: {q for pair in self.pairs if p in pair for q in pair - {p}} for pair in self.pairs for p in pair}

    def link(self, one, other):
        if one == other:
            return
        self.pairs[frozenset((one, other))] = True

    def unlink(self, one, other):
        self.pairs.pop(frozenset((one, other)), None)

    def fall(self, first, reason, trapping):
        fallen, told = {first: reason}, []
        queue = deque([first])
        while queue:
            one = queue.popleft()
            for pair in [pair for pair in self.pairs if one in pair]:
                del self.pairs[pair]
                (other,) = pair - {one}
                match exit_signal(fallen[one], trapping=(other in trapping), linked=True):
                    case "message", word:
                        told.append((other, one, word))
                    case "exits", word if other not in fallen:
                        fallen[other] = word
                        queue.append(other)
        return fallen, told
