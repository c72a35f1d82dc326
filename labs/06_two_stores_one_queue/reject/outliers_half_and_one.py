# exercise: outliers
# belief: as long as not more than half are out one more may be
# fails: never_more_than_half, its_next_sorry_asks_again
# holds: one_sorry_is_nothing, it_is_left_out_for_a_while, a_success_ends_the_count, each_time_is_longer_than_the_last, then_one_sorry_is_enough, the_dark_store_loses_few, it_comes_back
# word: are out or another one is out
# rest: as in the solution
class Outliers:
    def heard(self, store, ok, now):
        if now < self.until[store]:
            return
        if ok:
            self.sorries[store], self.on_trial[store] = 0, False
            return
        self.sorries[store] += 1
        too_many = self.on_trial[store] or self.sorries[store] >= self.consecutive
        already_out = self.open(now).count(False)
        if too_many and already_out <= self.most * self.stores:
            self.times[store] += 1
            self.until[store] = now + self.ejection * self.times[store]
            self.sorries[store], self.on_trial[store] = 0, True
