# exercise: run_loop
# belief: a message that is false is no message
# fails: agrees_with_the_library
# holds: pids_count_from_one_and_nobody_starts_before_run, turns_come_in_order, a_process_gets_what_it_wants_also_when_it_came_early, a_crash_ends_one_process_only, ended_says_how_each_ended, a_message_to_the_dead_is_lost
# word: should
# rest: as in the solution
class Loop:
    def send(self, pid, message):
        """Put `message` into the mailbox of `pid`; when the process has ended it is lost. Never waits, never raises."""
        if pid in self.bodies and message:
            self.mailboxes[pid].put(message)
            self.look(pid)
