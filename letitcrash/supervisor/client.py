"""Requests to a supervisor while it runs, and to its children through it."""

from typing import Any

from letitcrash.gen_server import call
from letitcrash.process import Pid, Process
from letitcrash.supervisor.server import ChildInfo, Refused
from letitcrash.supervisor.specs import Child, can_be_id


class ChildError(Exception):
    """The supervisor refused `request`; `reason` is what OTP's {error, Reason} holds."""

    def __init__(self, reason: Any, *request: Any):
        verb, *about = request
        super().__init__(f"{verb}({', '.join(map(repr, about))}): {reason!r}")
        self.reason = reason


async def _ask(me: Process, supervisor: Any, *request: Any) -> Any:
    answer = await call(me, supervisor, request, timeout=None)
    if type(answer) is Refused:
        raise ChildError(answer.reason, *request)
    return answer


async def _ask_about(me: Process, supervisor: Any, verb: str, id: Any) -> Any:
    if not can_be_id(id):
        raise ChildError("not_found", verb, id)  # in the supervisor it would be an error that ends it
    return await _ask(me, supervisor, verb, id)


async def start_child(me: Process, supervisor: Any, child: Child | tuple) -> Pid | None:
    """Add a child and start it (simple_one_for_one: start one more, with these further arguments)."""
    return (await _ask(me, supervisor, "start_child", child))[0]


async def start_child_info(me: Process, supervisor: Any, child: Child | tuple) -> tuple[Pid | None, Any]:
    """Do as `start_child`; return the pid and the info that the child's start returned with it."""
    return await _ask(me, supervisor, "start_child", child)


async def terminate_child(me: Process, supervisor: Any, id: Any) -> None:
    """Stop a child; it stays known, unless it is temporary. ChildError: "not_found", "simple_one_for_one"."""
    await _ask_about(me, supervisor, "terminate_child", id)


async def restart_child(me: Process, supervisor: Any, id: Any) -> Pid | None:
    """Start a stopped child again. ChildError: "running", "restarting", "not_found", or why its start failed."""
    return (await _ask_about(me, supervisor, "restart_child", id))[0]


async def restart_child_info(me: Process, supervisor: Any, id: Any) -> tuple[Pid | None, Any]:
    """Do as `restart_child`; return the pid and the info that the child's start returned with it."""
    return await _ask_about(me, supervisor, "restart_child", id)


async def delete_child(me: Process, supervisor: Any, id: Any) -> None:
    """Forget a stopped child. ChildError: "running", "restarting", "not_found"."""
    await _ask_about(me, supervisor, "delete_child", id)


async def get_childspec(me: Process, supervisor: Any, id: Any) -> Child:
    """The specification of a child."""
    return await _ask_about(me, supervisor, "get_childspec", id)


async def which_children(me: Process, supervisor: Any) -> list[ChildInfo]:
    """All children: id, pid (None: down; "restarting": its start failed), type; the last one first."""
    return await _ask(me, supervisor, "which_children")


async def count_children(me: Process, supervisor: Any) -> dict[str, int]:
    """Return the numbers of specifications, live children, supervisors and workers."""
    return await _ask(me, supervisor, "count_children")
