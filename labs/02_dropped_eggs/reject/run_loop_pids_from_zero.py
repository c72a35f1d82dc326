# exercise: run_loop
# belief: counting begins with 0
# fails: pids_count_from_one_and_nobody_starts_before_run, turns_come_in_order, a_process_gets_what_it_wants_also_when_it_came_early, a_crash_ends_one_process_only, ended_says_how_each_ended, a_message_to_the_dead_is_lost
# holds:
# word: should
# rest: as in the solution
class Loop:
    def spawn(self, body, *args):
        """Start the process `body(loop, pid, *args)` and return its pid; its first turn comes in `run`."""
        pid = len(self.mailboxes)
        self.mailboxes[pid] = Mailbox()
        self.bodies[pid] = body(self, pid, *args)
        self.ready.append((pid, None))
        return pid
