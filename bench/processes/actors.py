"""The same ping-pong on the actors of others: pykka (threads) and thespian (one process, its simplest system)."""

import threading

import pykka
from thespian.actors import Actor, ActorSystem


class PykkaPing(pykka.ThreadingActor):
    """Sends back what it gets, one less, until nothing is left."""

    def __init__(self, done):
        super().__init__()
        self.done = done

    def on_receive(self, message):
        """Back."""
        other, left = message
        if left:
            other.tell((self.actor_ref, left - 1))
        else:
            self.done.set()


def pykka_ping_pong(size: int) -> None:
    """`size` messages told between two actors."""
    done = threading.Event()
    one, two = PykkaPing.start(done), PykkaPing.start(done)
    one.tell((two, size))
    done.wait()
    one.stop()
    two.stop()


class ThespianEcho(Actor):
    """Sends back what it gets."""

    def receiveMessage(self, message, sender):
        """Back."""
        if not isinstance(message, int):
            return
        self.send(sender, message)


class ThespianPing(Actor):
    """Sends and waits."""

    def receiveMessage(self, message, sender):
        """The next one, or the end."""
        if isinstance(message, tuple):
            self.left, self.asker = message[0], sender
            self.other = message[1]
            self.send(self.other, self.left)
        elif isinstance(message, int):
            self.left -= 1
            self.send(self.other, self.left) if self.left > 0 else self.send(self.asker, "done")


def thespian_ping_pong(size: int) -> None:
    """`size` messages between two actors, in one process."""
    system = ActorSystem("simpleSystemBase", transientUnique=True)
    try:
        other = system.createActor(ThespianEcho)
        system.ask(system.createActor(ThespianPing), (size // 2, other), 60)
    finally:
        system.shutdown()
