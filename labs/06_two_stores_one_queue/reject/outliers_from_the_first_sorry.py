# exercise: outliers
# belief: it is out from the first sorry on
# fails: one_sorry_is_nothing, it_is_left_out_for_a_while, a_success_ends_the_count, each_time_is_longer_than_the_last, its_next_sorry_asks_again, it_comes_back
# holds: then_one_sorry_is_enough, never_more_than_half, the_dark_store_loses_few
# word: it should be or are lost when or find out
# rest: as in the solution
class Outliers:
    def __init__(self, stores, consecutive=5, ejection=30.0, most=0.5):
        self.stores, self.consecutive, self.ejection, self.most = stores, consecutive, ejection, most
        self.sorries, self.times, self.until = [0] * stores, [0] * stores, [0.0] * stores
        self.on_trial, self.first = [False] * stores, [0.0] * stores

    def heard(self, store, ok, now):
        if now < self.until[store]:
            return
        if ok:
            self.sorries[store], self.on_trial[store] = 0, False
            return
        self.sorries[store] += 1
        if self.sorries[store] == 1:
            self.first[store] = now
        too_many = self.on_trial[store] or self.sorries[store] >= self.consecutive
        if too_many and self.open(now).count(False) + 1 <= self.most * self.stores:
            self.times[store] += 1
            self.until[store] = self.first[store] + self.ejection * self.times[store]
            self.sorries[store], self.on_trial[store] = 0, True
