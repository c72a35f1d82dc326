"""The flags of a supervisor and the specifications of its children, and the errors of bad ones."""

import inspect
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn, get_args

from letitcrash.process.bodies import check_body
from letitcrash.process.lost_starts import check_start
from letitcrash.process.terms import BadArgument
from letitcrash.supervisor.rules import AutoShutdown, Restart, Strategy

CHILD_SHUTDOWN = 5.0  # seconds that a worker gets to leave by itself (OTP's 5000 ms); a supervisor has for ever
BRUTAL_KILL = "brutal_kill"


class BadSpec(ValueError):
    """A flag or a child specification that OTP refuses; `reason` is OTP's own term for it."""

    def __init__(self, reason: Any, sentence: str):
        super().__init__(sentence)
        self.reason = reason


class BadFlags(BadSpec):
    """A supervisor flag that OTP refuses."""


@dataclass(frozen=True)
class Flags:
    """The flags of a supervisor: it restarts at most `intensity` times in `period` whole seconds."""

    strategy: Strategy = "one_for_one"
    intensity: int = 1
    period: int = 5
    auto_shutdown: AutoShutdown = "never"

    def __post_init__(self):
        _one_of("strategy", self.strategy, Strategy, BadFlags)
        if not _is_whole(self.intensity) or self.intensity < 0:
            _bad("intensity", self.intensity, "is a whole number of restarts, 0 or more", BadFlags)
        if not _is_whole(self.period) or self.period <= 0:
            _bad("period", self.period, "is a whole number of seconds, 1 or more", BadFlags)
        _one_of("auto_shutdown", self.auto_shutdown, AutoShutdown, BadFlags)


@dataclass(frozen=True)
class Child:
    """One child: `id`, and `start`, which is the body of a process or anything that has a `start_link(me, *args)`.

    `args` and `kwargs` are its arguments. `shutdown`: seconds to leave by itself before it is killed, `math.inf`, or
    "brutal_kill"; without it 5 for a worker and for ever for a supervisor. `name` registers the child's process.
    """

    id: Any
    start: Any
    args: tuple = ()
    restart: Restart = "permanent"
    shutdown: float | Literal["brutal_kill"] | None = None
    type: Literal["worker", "supervisor"] | None = None
    significant: bool = False
    name: str | None = field(default=None, kw_only=True)
    kwargs: Mapping[str, Any] = field(default_factory=dict, kw_only=True, hash=False)

    def __post_init__(self):
        if not can_be_id(self.id):
            _bad("child_id", self.id, "is a value that can be a key of a dict, such as a text")
        _check_start(self.start, self.id)
        if not isinstance(self.args, tuple):
            _bad("mfa", self.args, f"args of child {self.id!r} is a tuple, as in args=(2,); got {self.args!r}")
        _check_kwargs(self.kwargs, self.id)
        _one_of("restart_type", self.restart, Restart)
        if not isinstance(self.significant, bool):
            _bad("significant", self.significant, "is True or False")
        if self.significant and self.restart == "permanent":
            sentence = f"child {self.id!r} is permanent and significant: it never leaves for good"
            raise BadSpec(("bad_combination", (("restart", "permanent"), ("significant", True))), sentence)
        if self.name is not None and not (isinstance(self.name, str) and self.name):
            _bad("name", self.name, "is a text that is not empty")
        kind = self.type or getattr(self.start, "child_type", "worker")
        if kind not in ("worker", "supervisor"):
            _bad("child_type", kind, "is 'worker' or 'supervisor'")
        shutdown = self.shutdown
        if shutdown is None:
            shutdown = math.inf if kind == "supervisor" else CHILD_SHUTDOWN
        if shutdown != BRUTAL_KILL and not (_is_number(shutdown) and shutdown >= 0):
            _bad("shutdown", shutdown, "is a number of seconds, math.inf or 'brutal_kill'")
        object.__setattr__(self, "kwargs", dict(self.kwargs))
        object.__setattr__(self, "type", kind)
        object.__setattr__(self, "shutdown", shutdown)


def can_be_id(value: Any) -> bool:
    """Tell whether a child can be known by this value: it can be a key of a dict."""
    try:
        hash(value)
    except TypeError:
        return False
    return True


def check_child(child: Any, auto_shutdown: AutoShutdown) -> Child:
    """Return the child, when a supervisor with this `auto_shutdown` can have it."""
    if not isinstance(child, Child):
        raise BadSpec(("invalid_child_spec", child), f"a child is written Child(id, start, ...); got {child!r}")
    if child.significant and auto_shutdown == "never":
        reason = ("bad_combination", (("auto_shutdown", "never"), ("significant", True)))
        raise BadSpec(reason, f"child {child.id!r} is significant, but auto_shutdown is 'never'")
    return child


def check_children(children: Any, flags: Flags) -> tuple[Child, ...]:
    """Return the children, when a supervisor with these flags can have them all."""
    known: dict = {}
    if isinstance(children, Child) or not isinstance(children, Iterable):
        raise BadSpec(("invalid_children", children), f"children are a list of Child(id, start, ...); got {children!r}")
    for child in children:
        check_child(child, flags.auto_shutdown)
        if child.id in known:
            raise BadSpec(("duplicate_child_name", child.id), f"two children have the id {child.id!r}: ids are unique")
        known[child.id] = child
    if flags.strategy == "simple_one_for_one" and len(known) != 1:
        sentence = f"simple_one_for_one takes exactly one child, the template of all; got {len(known)}"
        raise BadSpec(("bad_start_spec", tuple(known.values())), sentence)
    return tuple(known.values())


def _check_start(start: Any, id: Any) -> None:
    if isinstance(start, type) and inspect.isfunction(getattr(start, "start_link", None)):
        name = start.__name__
        _bad("mfa", start, f"start of child {id!r} is the class {name} itself; write {name}(...)")
    try:
        check_start(start)
        if not hasattr(start, "start_link"):
            check_body(start)
    except BadArgument as error:
        _bad("mfa", start, f"start of child {id!r}: {error}")


def _check_kwargs(kwargs: Any, id: Any) -> None:
    if not isinstance(kwargs, Mapping) or not all(isinstance(key, str) for key in kwargs):
        _bad("mfa", kwargs, f"kwargs of child {id!r} is a dict of names, as in kwargs={{'eggs': 12}}; got {kwargs!r}")
    for key in ("name", "label"):
        if key in kwargs:
            _bad(
                "mfa", kwargs, f"kwargs of child {id!r} cannot hold {key!r}: a process is named by Child(..., name=...)"
            )


def _one_of(what: str, value: Any, allowed: Any, error: type[BadSpec] = BadSpec) -> None:
    if not isinstance(value, str) or value not in get_args(allowed):
        _bad(what, value, "is one of " + ", ".join(map(repr, get_args(allowed))), error)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _bad(what: str, value: Any, rule: str, error: type[BadSpec] = BadSpec) -> NoReturn:
    sentence = rule if what == "mfa" else f"{what} {rule}; got {value!r}"
    raise error((f"invalid_{what}", value), sentence)
