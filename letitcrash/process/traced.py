"""TracedProcess: the process of a world that keeps a trace. Its hot methods write down what the plain ones do."""

from types import coroutine
from typing import Any

from letitcrash.process import events as ev
from letitcrash.process.mail import READY, RUNNING, WAITING
from letitcrash.process.me import Process
from letitcrash.process.patterns import anything


class TracedProcess(Process):
    """A process in a world that keeps a trace: what is sent and received is written down."""

    __slots__ = ()

    def send(self, to: Any, message: Any) -> None:
        """Process.send, noted: before what it causes."""
        node = self.node
        try:
            process = node.addresses[to]
        except (KeyError, TypeError):  # as in Process.send
            node.send(self.pid, to, message)
            return
        # node.deliver, without the price of calls
        node.record((ev.Sent, node.clock.now, self.pid, process.pid, message))
        process._mailbox.append(message)
        if process._state is WAITING:
            process._state = READY
            node.ready.append(process)

    @coroutine
    def receive(self, wanted: Any = anything, timeout: float | None = None):
        """Process.receive, noted."""
        if wanted is not anything or timeout is not None:
            return (yield from Process.receive(self, wanted, timeout))
        mailbox = self._mailbox
        if not mailbox:
            yield self
        else:
            if self._reductions < 1 or self._state is not RUNNING:
                yield self._give_way()
            self._reductions -= 1
            if self._mark:
                self._mark -= 1
        message, node = mailbox.popleft(), self.node
        node.record((ev.Received, node.clock.now, self.pid, message, 0))
        return message

    def take(self, position: int) -> Any:
        """Process.take, noted."""
        message = Process.take(self, position)
        node = self.node
        node.record((ev.Received, node.clock.now, self.pid, message, position))
        return message


for _method in (TracedProcess.send, TracedProcess.receive):
    _method.__qualname__ = f"Process.{_method.__name__}"  # what an error of Python's calls it
