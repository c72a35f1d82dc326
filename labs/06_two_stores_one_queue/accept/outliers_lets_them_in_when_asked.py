# exercise: outliers
# idea: a set of those who are out; both methods let in those whose time is over
class Outliers:
    def __init__(self, stores, consecutive=5, ejection=30.0, most=0.5):
        self.all = range(stores)
        self.consecutive, self.ejection, self.most = consecutive, ejection, most
        self.sorries, self.times, self.ends, self.trial = [0] * stores, [0] * stores, {}, set()

    def let_in(self, now):
        for store in list(self.ends):
            if self.ends[store] <= now:
                del self.ends[store]
                self.trial.add(store)

    def heard(self, store, ok, now):
        self.let_in(now)
        if store in self.ends:
            return
        if ok:
            self.sorries[store] = 0
            self.trial.discard(store)
            return
        self.sorries[store] += 1
        if self.sorries[store] < self.consecutive and store not in self.trial:
            return
        if len(self.ends) + 1 > self.most * len(self.all):
            return
        self.times[store] += 1
        self.ends[store] = now + self.times[store] * self.ejection
        self.sorries[store] = 0

    def open(self, now):
        self.let_in(now)
        return tuple(store not in self.ends for store in self.all)
