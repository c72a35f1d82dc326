# exercise: outliers
# idea: a small class for each store
from dataclasses import dataclass


@dataclass
class Store:
    sorries: int = 0
    ejections: int = 0
    back_at: float = 0.0
    trial: bool = False


class Outliers:
    def __init__(self, stores, consecutive=5, ejection=30.0, most=0.5):
        self.records = [Store() for _ in range(stores)]
        self.limit, self.seconds, self.share = consecutive, ejection, most

    def heard(self, store, ok, now):
        record = self.records[store]
        if record.back_at > now:
            return
        if ok:
            record.sorries, record.trial = 0, False
        else:
            record.sorries += 1
            if (record.trial or record.sorries >= self.limit) and self.may_shut_one(now):
                record.ejections += 1
                record.back_at = now + self.seconds * record.ejections
                record.sorries, record.trial = 0, True

    def may_shut_one(self, now):
        return sum(each.back_at > now for each in self.records) + 1 <= self.share * len(self.records)

    def open(self, now):
        return [each.back_at <= now for each in self.records]
