# exercise: outliers
# idea: a store that comes back has its count one below the limit
class Outliers:
    def __init__(self, stores, consecutive=5, ejection=30.0, most=0.5):
        self.number, self.consecutive, self.ejection, self.most = stores, consecutive, ejection, most
        self.left = dict.fromkeys(range(stores), consecutive)
        self.out = {}
        self.times = {store: 0 for store in range(stores)}

    def heard(self, store, ok, now):
        lamps = self.open(now)
        if not lamps[store]:
            return
        self.left[store] = self.consecutive if ok else self.left[store] - 1
        if self.left[store] <= 0 and lamps.count(False) < int(self.most * self.number + 1e-9):
            self.times[store] += 1
            self.out[store] = now + self.ejection * self.times[store]
            self.left[store] = 1

    def open(self, now):
        return tuple(not (store in self.out and now < self.out[store]) for store in range(self.number))
