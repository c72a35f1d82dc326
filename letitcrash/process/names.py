"""Names and addresses: the registry of a node, and a message's way to what is not a plain pid."""

from typing import Any, NoReturn

from letitcrash.process import events as ev
from letitcrash.process.mail import DEAD, READY, WAITING
from letitcrash.process.me import Process
from letitcrash.process.terms import BadArgument, Pid, Ref


class Names:
    """The part of a node that knows who is who. A name belongs to one live process, a process has at most one name."""

    def __init__(self):
        self._names: dict[str, Process] = {}

    def check_name(self, name: Any) -> None:
        """Raise BadArgument unless `name` is a name, and free."""
        if _checked(name) in self._names:
            raise BadArgument(f"the name {name!r} is taken by {self._names[name].pid!r}")

    def register(self, name: str, pid: Pid) -> None:
        """Erlang's register/2, with its three badargs: name taken, process named already, process dead."""
        self.check_name(name)
        process = self.process_of(pid)
        if process is None:
            raise BadArgument(f"{pid!r} is dead: only a live process can be named {name!r}")
        if process._name is not None:
            raise BadArgument(f"{pid!r} is named {process._name!r} already: a process has at most one name")
        self._names[name] = process
        process._name = name
        self.note(ev.Registered, pid, name)

    def unregister(self, name: str) -> None:
        """Free the name."""
        process = self._names.pop(_checked(name), None)
        if process is None:
            raise BadArgument(self._unknown(name))
        process._name = None
        self.note(ev.Unregistered, process.pid, name)

    def whereis(self, name: str) -> Pid | None:
        """The pid of that name, or None."""
        process = self._names.get(_checked(name))
        return process and process.pid

    def registered(self) -> dict[str, Pid]:
        """All names and their pids, oldest name first."""
        return {name: process.pid for name, process in self._names.items()}

    def process_of(self, pid: Pid) -> Process | None:
        """The live process behind a pid."""
        if type(pid) is not Pid:
            raise BadArgument(f"expected a pid; got {pid!r}" + _hint(pid))
        process = pid._process
        if process is not None and process.node is not self:
            raise BadArgument(f"{pid!r} lives in another world: no signal of this one arrives there")
        return process

    def send(self, sender: Pid | None, to: Any, message: Any, known: bool = True) -> None:
        """Deliver to a pid, a name, an alias or `(name, node)`. An unknown name is badarg where it must be `known`."""
        process = None
        if type(to) in (Pid, Ref):
            process = to._process
        elif isinstance(to, str):
            process = self._names.get(to)
            if process is None and known:
                raise BadArgument(self._unknown(to))
        elif type(to) is tuple and len(to) == 2 and isinstance(to[0], str) and isinstance(to[1], str):
            process = self._names.get(to[0]) if to[1] == self.name else None
        else:
            self.reject_address(to)
        if process is None or process._state is DEAD:
            self.note(ev.Dropped, sender, to, message)
        else:
            self.deliver(sender, process, message)

    def deliver(self, sender: Pid | None, to: Process, message: Any) -> None:
        """Put the message into the mailbox of a live process; if it waits, its turn comes."""
        self.note(ev.Sent, sender, to.pid, message)
        to._mailbox.append(message)
        if to._state is WAITING:
            to._state = READY
            to.node.ready.append(to)

    def reject_address(self, to: Any) -> NoReturn:
        """Say what an address would have been."""
        raise BadArgument(f"cannot send to {to!r}: an address is a pid, a registered name or an alias" + _hint(to))

    def _unknown(self, name: Any) -> str:
        known = ", ".join(map(repr, self._names)) or "none"
        return f"no process is registered as {name!r}; names now: {known}"


def _checked(name: Any) -> str:
    if not isinstance(name, str) or not name:
        raise BadArgument(f"a name is a text that is not empty; got {name!r}")
    return name


def _hint(value: Any) -> str:
    return f"; did you mean me.pid, {value.pid!r}?" if isinstance(value, Process) else ""
