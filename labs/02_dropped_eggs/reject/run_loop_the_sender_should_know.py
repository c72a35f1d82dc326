# exercise: run_loop
# belief: sending to the dead is an error of the sender
# fails: a_message_to_the_dead_is_lost
# holds: pids_count_from_one_and_nobody_starts_before_run, turns_come_in_order, a_process_gets_what_it_wants_also_when_it_came_early, a_crash_ends_one_process_only, ended_says_how_each_ended
# word: dead
# rest: as in the solution
class Loop:
    def send(self, pid, message):
        """Put `message` into the mailbox of `pid`; when the process has ended it is lost. Never waits, never raises."""
        if pid not in self.bodies:
            raise LookupError(f"{pid} is dead")
        self.mailboxes[pid].put(message)
        self.look(pid)
