# exercise: line
# belief: there is always a customer
# fails: an_empty_line_serves_nobody
# holds: first_come_first_served, the_line_has_a_length
# word: left long ago
class Line(list):
    last = "the ghost"

    def join(self, name):
        self.append(name)

    def serve(self):
        self.last = self.pop(0) if self else self.last
        return self.last
