# exercise: line
# belief: the length is what a bell at the door counts, and it rings twice
# fails: the_line_has_a_length
# holds: first_come_first_served, an_empty_line_serves_nobody
# word: the line says
class Line:
    def __init__(self):
        self.names, self.rings = [], 0

    def __len__(self):
        return self.rings

    def join(self, name):
        self.names.append(name)
        self.rings += 2

    def serve(self):
        return self.names.pop(0) if self.names else None
