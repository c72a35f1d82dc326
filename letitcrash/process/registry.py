"""The registry of a node, and the way of a message from its address to a mailbox."""

from types import CoroutineType
from typing import Any, NoReturn

from letitcrash.process import events as ev
from letitcrash.process.codec import crossing
from letitcrash.process.me import Process
from letitcrash.process.terms import BadArgument, Pid, Ref


class Registry:
    """The part of a node that finds processes. A name belongs to one live process, a process has at most one name."""

    def __init__(self):
        self._names: dict[str, Process] = {}
        self.addresses: dict[Pid | Ref, Process] = {}  # of all that live here, oldest first, and their open aliases

    @property
    def processes(self) -> dict[Pid, Process]:
        """The processes that live here, oldest first."""
        return {address: process for address, process in self.addresses.items() if address is process.pid}

    # Names

    def check_name(self, name: Any) -> None:
        """Raise BadArgument unless `name` is a name, and free."""
        if _checked(name) in self._names:
            raise BadArgument(f"the name {name!r} is taken by {self._names[name].pid!r}")

    def register(self, name: str, pid: Pid) -> None:
        """Erlang's register/2, with its badargs: name taken, process named already, dead, or of another node."""
        self.check_name(name)
        process = self.process_of(pid)
        if process is None:
            if self.is_elsewhere(pid):
                raise BadArgument(f"{pid!r} lives on node {pid.node}: only there can it be registered as {name!r}")
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

    def whereis(self, name: Any) -> Pid | None:
        """The pid of that name, alone or as `(name, node)` with this node; None when nobody has it."""
        if is_name_and_node(name):
            if name[1] != self.name:
                raise BadArgument(f"names are known at home only: node {self.name} cannot look up {name!r}")
            name = name[0]
        process = self._names.get(_checked(name))
        return process and process.pid

    def registered(self) -> dict[str, Pid]:
        """All names and their pids, oldest name first."""
        return {name: process.pid for name, process in self._names.items()}

    # Addresses

    def process_of(self, pid: Pid) -> Process | None:
        """The process behind a pid, when it lives on this node."""
        if type(pid) is not Pid:
            raise BadArgument(f"expected a pid; got {pid!r}" + _hint(pid))
        process = self.addresses.get(pid)
        if process is None:
            self.is_elsewhere(pid)  # refuses the pid of another world
        return process

    def locate(self, address: Any) -> Process | None:
        """The process behind a pid or `(name, node)`, when it lives on this node."""
        if is_name_and_node(address):
            return self._names.get(address[0]) if address[1] == self.name else None
        if type(address) is not Pid:
            raise BadArgument(f"expected a pid, a name or (name, node); got {address!r}" + _hint(address))
        return self.process_of(address)

    def locate_named(self, name: str) -> Process:
        """The process of that name on this node. Raises BadArgument when nobody has it."""
        process = self._names.get(name)
        if process is None:
            raise BadArgument(self._unknown(name))
        return process

    def is_elsewhere(self, address: Any) -> bool:
        """Tell whether a pid, an alias or `(name, node)` leads to another node. Those of another world are refused."""
        if type(address) is tuple:
            return address[1] != self.name
        origin = address.origin
        if origin is self.origin:
            return False
        if origin.world is not self.origin.world:
            raise BadArgument(f"{address!r} lives in another world: no signal of this one arrives there")
        return origin.name != self.name

    def check_address(self, to: Any) -> None:
        """Raise BadArgument unless `to` is what a message can be sent to."""
        if type(to) in (Pid, Ref):
            self.is_elsewhere(to)
        elif not isinstance(to, str) and not is_name_and_node(to):
            self.reject_address(to)

    def checked_message(self, to: Any, message: Any) -> Any:
        """Return what can be sent to `to` later: as it is now, and able to cross a wire when one is between."""
        self.check_address(to)
        is_elsewhere = not isinstance(to, str) and self.is_elsewhere(to)
        return crossing(message) if is_elsewhere else message

    # Messages

    def send(self, sender: Pid | None, to: Any, message: Any, known: bool = True) -> None:
        """Deliver to a pid, a name, an alias or `(name, node)`. An unknown name is badarg where it must be `known`."""
        if isinstance(to, str):
            process = self.locate_named(to) if known else self._names.get(to)
        else:
            if type(to) is not Pid:
                self.check_address(to)
            if self.is_elsewhere(to):
                self.send_elsewhere(sender, to, message)
                return
            process = self._names.get(to[0]) if type(to) is tuple else self.addresses.get(to)
        if process is None:
            self.note(ev.Dropped, sender, to, message)
        else:
            self.deliver(sender, process, message)

    def deliver(self, sender: Pid | None, to: Process, message: Any) -> None:
        """Put the message into the mailbox of a live process of this node."""
        if self.record is not None:
            self.note(ev.Sent, sender, to.pid, message)
        to.accept(message)

    def reject_address(self, to: Any) -> NoReturn:
        """Raise BadArgument with the kinds of address that there are."""
        kinds = "an address is a pid, a registered name, (name, node) or an alias"
        raise BadArgument(f"cannot send to {to!r}: {kinds}" + _hint(to))

    def _unknown(self, name: Any) -> str:
        known = ", ".join(map(repr, self._names)) or "none"
        return f"no process is registered as {name!r}; names now: {known}"


def is_name_and_node(address: Any) -> bool:
    """Tell whether this is the address `(name, node)`."""
    return type(address) is tuple and len(address) == 2 and isinstance(address[0], str) and isinstance(address[1], str)


def _checked(name: Any) -> str:
    if not isinstance(name, str) or not name:
        raise BadArgument(f"a name is a text that is not empty; got {name!r}")
    return name


def _hint(value: Any) -> str:
    if isinstance(value, CoroutineType):
        value.close()
        return f"; nobody awaited it: write await {value.__name__}(...)"
    return f"; did you mean me.pid, {value.pid!r}?" if isinstance(value, Process) else ""
