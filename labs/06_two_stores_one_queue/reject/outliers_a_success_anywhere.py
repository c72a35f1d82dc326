# exercise: outliers
# belief: a customer who is served ends the count, in whichever store
# fails: one_sorry_is_nothing
# holds: it_is_left_out_for_a_while, a_success_ends_the_count, each_time_is_longer_than_the_last, then_one_sorry_is_enough, never_more_than_half, its_next_sorry_asks_again, the_dark_store_loses_few, it_comes_back
# word: it should be
# rest: as in the solution
class Outliers:
    def heard(self, store, ok, now):
        if now < self.until[store]:
            return
        if ok:
            self.sorries, self.on_trial[store] = [0] * self.stores, False
            return
        self.sorries[store] += 1
        too_many = self.on_trial[store] or self.sorries[store] >= self.consecutive
        if too_many and self.open(now).count(False) + 1 <= self.most * self.stores:
            self.times[store] += 1
            self.until[store] = now + self.ejection * self.times[store]
            self.sorries[store], self.on_trial[store] = 0, True
