# exercise: run_loop
# belief: all loops have their processes in common
# fails: pids_count_from_one_and_nobody_starts_before_run, turns_come_in_order, a_process_gets_what_it_wants_also_when_it_came_early, a_crash_ends_one_process_only, ended_says_how_each_ended, a_message_to_the_dead_is_lost, agrees_with_the_library
# holds:
# word: should or stopped
class Loop:
    """Gives processes their turns. A body is a generator: `message = yield wanted` waits for a message."""

    bodies, mailboxes, waiting, ready = {}, {}, {}, deque()

    def __init__(self):
        self.ended = {}

    def look(self, pid):
        """Make `pid` ready when it waits and a message that it wants is in its mailbox."""
        if pid in self.waiting:
            message = self.mailboxes[pid].take(self.waiting[pid])
            if message is not None:
                del self.waiting[pid]
                self.ready.append((pid, message))

    def spawn(self, body, *args):
        """Start the process `body(loop, pid, *args)` and return its pid; its first turn comes in `run`."""
        pid = len(self.mailboxes) + 1
        self.mailboxes[pid] = Mailbox()
        self.bodies[pid] = body(self, pid, *args)
        self.ready.append((pid, None))
        return pid

    def send(self, pid, message):
        """Put `message` into the mailbox of `pid`; when the process has ended it is lost. Never waits, never raises."""
        if pid in self.bodies:
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
                del self.bodies[pid]
            except Exception as error:
                self.ended[pid] = error
                del self.bodies[pid]
