# exercise: run_loop
# idea: the turn stays in front until it is over
# rest: as in the solution
class Loop:
    def run(self):
        """Give turns, first come, first served, until no process is ready. A crash ends its own process only."""
        while self.ready:
            pid, message = self.ready[0]
            try:
                self.waiting[pid] = self.bodies[pid].send(message)
                self.look(pid)
                self.ready.popleft()
            except StopIteration:
                self.ended[pid] = "normal"
                del self.bodies[pid]
                self.ready.popleft()
            except Exception as error:
                self.ended[pid] = error
                del self.bodies[pid]
                self.ready.popleft()
