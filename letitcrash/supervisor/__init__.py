"""Supervisors: processes that start others, hear of their exits, and decide (OTP's supervisor)."""

from letitcrash.process.start import StartFailed
from letitcrash.supervisor.child_table import ChildTable
from letitcrash.supervisor.client import (
    ChildError,
    count_children,
    delete_child,
    get_childspec,
    restart_child,
    restart_child_info,
    start_child,
    start_child_info,
    terminate_child,
    which_children,
)
from letitcrash.supervisor.rules import Rules, gives_up, restart_window, should_restart, shuts_down, to_restart
from letitcrash.supervisor.server import ChildInfo
from letitcrash.supervisor.spec import Supervisor, SupervisorSpec
from letitcrash.supervisor.specs import BadFlags, BadSpec, Child, Flags
from letitcrash.supervisor.tree import Branch, tree

__all__ = [
    "BadFlags",
    "BadSpec",
    "Branch",
    "Child",
    "ChildError",
    "ChildInfo",
    "ChildTable",
    "Flags",
    "Rules",
    "StartFailed",
    "Supervisor",
    "SupervisorSpec",
    "count_children",
    "delete_child",
    "get_childspec",
    "gives_up",
    "restart_child",
    "restart_child_info",
    "restart_window",
    "should_restart",
    "shuts_down",
    "start_child",
    "start_child_info",
    "terminate_child",
    "to_restart",
    "tree",
    "which_children",
]
