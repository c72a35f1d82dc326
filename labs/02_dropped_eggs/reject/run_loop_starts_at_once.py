# exercise: run_loop
# belief: to spawn is to run up to the first wait
# fails: pids_count_from_one_and_nobody_starts_before_run, a_process_gets_what_it_wants_also_when_it_came_early
# holds: turns_come_in_order, a_crash_ends_one_process_only, ended_says_how_each_ended, a_message_to_the_dead_is_lost
# word: should
# rest: as in the solution
class Loop:
    def spawn(self, body, *args):
        """Start the process `body(loop, pid, *args)` and return its pid; its first turn comes in `run`."""
        pid = len(self.mailboxes) + 1
        self.mailboxes[pid] = Mailbox()
        self.bodies[pid] = body(self, pid, *args)
        try:
            self.waiting[pid] = self.bodies[pid].send(None)
            self.look(pid)
        except StopIteration:
            self.ended[pid] = "normal"
        except Exception as error:
            self.ended[pid] = error
        if pid in self.ended:
            del self.bodies[pid]
        return pid
