# exercise: outliers
# belief: the answer is a list of open stores
# fails: one_sorry_is_nothing, it_is_left_out_for_a_while, a_success_ends_the_count, each_time_is_longer_than_the_last, then_one_sorry_is_enough, never_more_than_half, its_next_sorry_asks_again, the_dark_store_loses_few, it_comes_back
# word: True and False or may be or it stopped or lost or light or are out or find out
# rest: as in the solution
class Outliers:
    def open(self, now):
        return [store for store, until in enumerate(self.until) if now >= until]

    def heard(self, store, ok, now):
        if now < self.until[store]:
            return
        if ok:
            self.sorries[store], self.on_trial[store] = 0, False
            return
        self.sorries[store] += 1
        too_many = self.on_trial[store] or self.sorries[store] >= self.consecutive
        if too_many and self.stores - len(self.open(now)) + 1 <= self.most * self.stores:
            self.times[store] += 1
            self.until[store] = now + self.ejection * self.times[store]
            self.sorries[store], self.on_trial[store] = 0, True
