# exercise: outliers
# belief: until includes its end
# fails: one_sorry_is_nothing, it_is_left_out_for_a_while, a_success_ends_the_count, each_time_is_longer_than_the_last, then_one_sorry_is_enough, its_next_sorry_asks_again, it_comes_back
# holds: never_more_than_half, the_dark_store_loses_few
# word: it should be
# rest: as in the solution
class Outliers:
    def open(self, now):
        return tuple([now > until for until in self.until])
