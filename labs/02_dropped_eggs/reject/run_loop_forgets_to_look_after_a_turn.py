# exercise: run_loop
# belief: a process that wants something will be told when it comes
# fails: a_process_gets_what_it_wants_also_when_it_came_early
# holds: pids_count_from_one_and_nobody_starts_before_run, turns_come_in_order, a_crash_ends_one_process_only, ended_says_how_each_ended, a_message_to_the_dead_is_lost
# word: should
# rest: as in the solution
class Loop:
    def run(self):
        """Give turns, first come, first served, until no process is ready. A crash ends its own process only."""
        while self.ready:
            pid, message = self.ready.popleft()
            try:
                self.waiting[pid] = self.bodies[pid].send(message)
            except StopIteration:
                self.ended[pid] = "normal"
                del self.bodies[pid]
            except Exception as error:
                self.ended[pid] = error
                del self.bodies[pid]
