# exercise: run_loop
# idea: pids come from a counter, the dead are known by `ended`
# rest: as in the solution
class Loop:
    def spawn(self, body, *args):
        """Start the process `body(loop, pid, *args)` and return its pid; its first turn comes in `run`."""
        self.last = getattr(self, "last", 0) + 1
        pid = self.last
        self.mailboxes[pid] = Mailbox()
        self.bodies[pid] = body(self, pid, *args)
        self.ready.append((pid, None))
        return pid

    def send(self, pid, message):
        """Put `message` into the mailbox of `pid`; when the process has ended it is lost. Never waits, never raises."""
        if pid not in self.ended:
            self.mailboxes[pid].put(message)
            self.look(pid)

    def run(self):
        """Give turns, first come, first served, until no process is ready. A crash ends its own process only."""
        while self.ready:
            pid, message = self.ready.popleft()
            try:
                self.waiting[pid] = self.bodies[pid].send(message)
                self.look(pid)
            except StopIteration:
                self.ended[pid] = "normal"
            except Exception as error:
                self.ended[pid] = error
