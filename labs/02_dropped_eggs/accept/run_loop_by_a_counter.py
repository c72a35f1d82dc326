# exercise: run_loop
# idea: pids from a counter, one function for both ends
class Loop:
    """Gives processes their turns. A body is a generator: `message = yield wanted` waits for a message."""

    def __init__(self):
        from itertools import count

        self.pids = count(1)
        self.bodies, self.mailboxes, self.waiting, self.ended = {}, {}, {}, {}
        self.ready = []

    def look(self, pid):
        """Make `pid` ready when it waits and a message that it wants is in its mailbox."""
        if pid in self.waiting:
            message = self.mailboxes[pid].take(self.waiting[pid])
            if message is not None:
                del self.waiting[pid]
                self.ready.append((pid, message))

    def spawn(self, body, *args):
        """Start the process `body(loop, pid, *args)` and return its pid; its first turn comes in `run`."""
        pid = next(self.pids)
        self.bodies[pid], self.mailboxes[pid] = body(self, pid, *args), Mailbox()
        self.ready += [(pid, None)]
        return pid

    def send(self, pid, message):
        """Put `message` into the mailbox of `pid`; when the process has ended it is lost. Never waits, never raises."""
        if pid not in self.ended:
            self.mailboxes[pid].put(message)
            self.look(pid)

    def run(self):
        """Give turns, first come, first served, until no process is ready. A crash ends its own process only."""
        while self.ready:
            pid, message = self.ready.pop(0)
            reason = self.turn(pid, message)
            if reason is None:
                self.look(pid)
            else:
                self.ended[pid] = reason

    def turn(self, pid, message):
        """Run the process to its next wait; return the reason why it ended, or None."""
        try:
            self.waiting[pid] = self.bodies[pid].send(message)
        except StopIteration:
            return "normal"
        except Exception as error:
            return error
