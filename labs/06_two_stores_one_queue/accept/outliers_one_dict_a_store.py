# exercise: outliers
# idea: dicts, and an early end for each case
class Outliers:
    def __init__(self, stores, consecutive=5, ejection=30.0, most=0.5):
        fresh = {"row": 0, "out": 0, "back": 0.0, "needs": consecutive}
        self.known = [dict(fresh) for _ in range(stores)]
        self.usual, self.pause, self.quota = consecutive, ejection, most * stores

    def heard(self, store, ok, now):
        one = self.known[store]
        if not self.is_in(one, now):
            return
        one["row"] = 0 if ok else one["row"] + 1
        if ok:
            one["needs"] = self.usual
        if one["row"] < one["needs"]:
            return
        if len([each for each in self.known if not self.is_in(each, now)]) > self.quota - 1:
            return
        one["out"] += 1
        one.update(row=0, needs=1, back=now + self.pause * one["out"])

    def is_in(self, one, now):
        return one["back"] <= now

    def open(self, now):
        return tuple(map(lambda one: self.is_in(one, now), self.known))
