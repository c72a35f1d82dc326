"""The exam of a toy lab: two exercises, for the tests of the classroom."""

from letitcrash.classroom.exam import Exercise, any_value, close, shown


def right_change(price, paid):
    """The change as it should be."""
    if paid < price:
        raise ValueError("too little")
    return paid - price


change = Exercise("change", defines=["change"], reference={"change": right_change}, minutes=5, lines=2)


@change.cases
def purchases(random):
    price = random.randint(1, 50)
    yield {"kind": "exact", "price": price, "paid": price}
    yield {"kind": "too much", "price": price, "paid": price + random.randint(1, 50)}
    yield {"kind": "too little", "price": price, "paid": price - 1}


@change.driver
def pay(student, case):
    try:
        return {"back": student.change(case["price"], case["paid"])}
    except ValueError:
        return {"refused": True}


@change.criterion(on=["exact", "too much"], points=2)
def gives_back_what_is_too_much(case, evidence):
    """The customer gets back what was too much, to the cent."""
    expected = case["paid"] - case["price"]
    if not close(evidence["back"], expected):
        return f"{case['paid']} paid for {case['price']}: {shown(evidence['back'])} came back, {expected} should"


@change.criterion(on=["too little", "exact"])
def refuses_too_little(case, evidence):
    """A customer who pays too little is told so, and no other is."""
    if case["kind"] == "too little" and "refused" not in evidence:
        return f"{case['paid']} paid for {case['price']}, and nobody said a word (a ValueError should)"
    if case["kind"] == "exact" and "refused" in evidence:
        return "the exact price was refused"


@change.search(rounds=30)
def any_purchase(random, size):
    return {"price": random.randint(0, size), "paid": random.randint(0, size)}


class Line:
    """The line as it should be."""

    def __init__(self):
        self.names = []

    def __len__(self):
        return len(self.names)

    def join(self, name):
        self.names.append(name)

    def serve(self):
        return self.names.pop(0) if self.names else None


line = Exercise("line", defines=["Line"], reference={"Line": Line}, needs=["change"], minutes=15, lines=8)


@line.cases
def mornings(random):
    for count in (0, 1, random.randint(3, 6)):
        names = random.sample(["Ann", "Bo", "Cy", "Di", "Ed", "Fay", "Gus"], count)
        yield {"kind": "crowd" if count > 1 else "nobody" if not count else "alone", "names": names}


@line.driver
def queue(student, case):
    line = student.Line()
    for name in case["names"]:
        line.join(name)
    return {"length": len(line), "served": [line.serve() for _ in range(len(case["names"]) + 1)]}


@line.search(rounds=30)
def two_lines(random, size):
    """Steps [line, "join", name] and [line, "serve"]: a customer in one line is not served in the other."""

    def move():
        return random.choice([["join", any_value(random)], ["serve"], ["length"]])

    return {"steps": [[random.randrange(2), *move()] for _ in range(size)]}


@line.player
def stand_in_line(student, case):
    lines = [student.Line(), student.Line()]
    for which, move, *name in case["steps"]:
        if move == "join":
            yield lines[which].join(*name)
        else:
            yield lines[which].serve() if move == "serve" else len(lines[which])
    for each in lines:
        yield [each.serve() for _ in range(len(each))]


@line.criterion(on=["crowd", "alone"], points=2)
def first_come_first_served(case, evidence):
    """The customer who came first is served first."""
    if evidence["served"][:-1] != case["names"]:
        return f"they came as {shown(case['names'])} and were served as {shown(evidence['served'][:-1])}"


@line.criterion(on=["nobody", "crowd"])
def an_empty_line_serves_nobody(case, evidence):
    """An empty line serves nobody; any other serves somebody."""
    if evidence["served"][-1] is not None:
        return f"{shown(evidence['served'][-1])} was served and had left long ago"
    if sum(name is not None for name in evidence["served"]) != len(case["names"]):
        return f"{len(case['names'])} stood there, and the served were {shown(evidence['served'])}"


@line.criterion(on=["nobody", "crowd"])
def the_line_has_a_length(case, evidence):
    """The line knows the number of those who stand in it."""
    if evidence["length"] != len(case["names"]):
        return f"{len(case['names'])} joined; the line says {shown(evidence['length'])}"
