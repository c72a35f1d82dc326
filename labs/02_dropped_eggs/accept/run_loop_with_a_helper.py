# exercise: run_loop
# idea: a turn is a method of its own, and says why it was the last
# rest: as in the solution
class Loop:
    def run(self):
        """Give turns, first come, first served, until no process is ready. A crash ends its own process only."""
        while self.ready:
            pid, message = self.ready.popleft()
            reason = self.turn(pid, message)
            if reason is not None:
                self.ended[pid] = reason
                self.bodies.pop(pid)

    def turn(self, pid, message):
        try:
            self.waiting[pid] = self.bodies[pid].send(message)
        except StopIteration:
            return "normal"
        except Exception as error:
            return error
        self.look(pid)
        return None
