# exercise: line
# idea: a list and a counter of who has been served
class Line:
    def __init__(self):
        self.came, self.gone = [], 0

    def __len__(self):
        return len(self.came) - self.gone

    def join(self, name):
        self.came.append(name)

    def serve(self):
        if not len(self):
            return None
        self.gone += 1
        return self.came[self.gone - 1]
