# exercise: line
# belief: a stack is a line
# fails: first_come_first_served
# holds: an_empty_line_serves_nobody, the_line_has_a_length
# word: were served as
class Line(list):
    def join(self, name):
        self.append(name)

    def serve(self):
        return self.pop() if self else None
