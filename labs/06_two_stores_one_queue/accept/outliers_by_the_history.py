# exercise: outliers
# idea: keeps all answers of a store and counts from the end
class Outliers:
    def __init__(self, stores, consecutive=5, ejection=30.0, most=0.5):
        self.settings = consecutive, ejection, most
        self.said = [[] for _ in range(stores)]
        self.stays_out = [[] for _ in range(stores)]

    def heard(self, store, ok, now):
        consecutive, ejection, most = self.settings
        if not self.is_in(store, now):
            return
        self.said[store].append(ok)
        if self.sorries(store) < (1 if self.on_trial(store) else consecutive):
            return
        out = sum(not each for each in self.open(now))
        if (out + 1) / len(self.said) <= most:
            self.stays_out[store].append(now + ejection * (len(self.stays_out[store]) + 1))
            self.said[store] = ["out"]

    def sorries(self, store):
        count = 0
        for each in reversed(self.said[store]):
            if each is not False:
                break
            count += 1
        return count

    def on_trial(self, store):
        return "out" in self.said[store] and True not in self.said[store]

    def is_in(self, store, now):
        return not self.stays_out[store] or now >= self.stays_out[store][-1]

    def open(self, now):
        return [self.is_in(store, now) for store in range(len(self.said))]
