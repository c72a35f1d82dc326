# exercise: run_loop
# belief: the reason of a process is the value that its body returns
# fails: agrees_with_the_library
# holds: pids_count_from_one_and_nobody_starts_before_run, turns_come_in_order, a_process_gets_what_it_wants_also_when_it_came_early, a_crash_ends_one_process_only, ended_says_how_each_ended, a_message_to_the_dead_is_lost
# word: should be ended
# rest: as in the solution
class Loop:
    def run(self):
        """Give turns, first come, first served, until no process is ready. A crash ends its own process only."""
        while self.ready:
            pid, message = self.ready.popleft()
            try:
                self.waiting[pid] = self.bodies[pid].send(message)
                self.look(pid)
            except StopIteration as stop:
                self.ended[pid] = stop.value or "normal"
                del self.bodies[pid]
            except Exception as error:
                self.ended[pid] = error
                del self.bodies[pid]
