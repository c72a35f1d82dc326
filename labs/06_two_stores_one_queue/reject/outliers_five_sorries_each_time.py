# exercise: outliers
# belief: five sorries, each time
# fails: it_is_left_out_for_a_while, each_time_is_longer_than_the_last, then_one_sorry_is_enough, its_next_sorry_asks_again, the_dark_store_loses_few
# holds: one_sorry_is_nothing, a_success_ends_the_count, never_more_than_half, it_comes_back
# word: it should be or are lost when or find out
# rest: as in the solution
class Outliers:
    def heard(self, store, ok, now):
        if now < self.until[store]:
            return
        if ok:
            self.sorries[store], self.on_trial[store] = 0, False
            return
        self.sorries[store] += 1
        too_many = self.sorries[store] >= self.consecutive
        already_out = self.open(now).count(False)
        if too_many and already_out + 1 <= self.most * self.stores:
            self.times[store] += 1
            self.until[store] = now + self.ejection * self.times[store]
            self.sorries[store], self.on_trial[store] = 0, True
