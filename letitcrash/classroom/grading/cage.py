"""The inside of the sandbox: run one job, write its evidence, be gone. Run as a script, by `sandbox`, never imported.

python -I -S cage.py LIBRARY SECONDS MEGABYTES <job.json >evidence.json
"""

import ctypes
import fcntl
import json
import os
import platform
import resource
import select
import signal
import struct
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
FORBIDDEN = {
    "x86_64": (
        0xC000003E,
        # clone fork vfork execve execveat clone3: no other process or thread
        (56, 57, 58, 59, 322, 435),
        # kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal ptrace process_vm_readv,writev prctl: no
        # hands on others, nor on what ends this one
        (62, 200, 234, 129, 297, 424, 101, 310, 311, 157),
        # setpgid setsid setpriority sched_setparam,setscheduler,setaffinity,setattr ioprio_set migrate_pages move_pages
        # kcmp perf_event_open pidfd_open pidfd_getfd process_madvise process_mrelease: nor on what others are given
        (109, 112, 141, 142, 144, 203, 314, 251, 256, 279, 312, 298, 434, 438, 440, 448),
        # socket io_uring_setup mount unshare setns bpf userfaultfd add_key keyctl: no way out
        (41, 425, 165, 272, 308, 321, 323, 248, 250),
        # shmget semget msgget mq_open truncate chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat: no traces
        (29, 64, 68, 240, 76, 90, 91, 268, 452, 92, 93, 94, 260),
        # creat rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir mknod
        # mknodat openat2 open_by_handle_at utime utimes futimesat utimensat setxattr lsetxattr fsetxattr
        # removexattr lremovexattr fremovexattr: nor in any folder
        (85, 82, 264, 316, 86, 265, 88, 266, 87, 263, 83, 258, 84, 133, 259),
        (437, 304, 132, 235, 261, 280, 188, 189, 190, 197, 198, 199),
    ),
    "aarch64": (
        0xC00000B7,
        (220, 221, 281, 435),
        (129, 130, 131, 138, 240, 424, 117, 270, 271, 167),
        (154, 157, 140, 118, 119, 122, 274, 30, 238, 239, 272, 241, 434, 438, 440, 448),
        (198, 425, 40, 97, 268, 280, 282, 217, 219),
        (194, 190, 186, 180, 45, 52, 53, 452, 55, 54),
        (38, 276, 37, 36, 35, 34, 33, 437, 265, 88, 5, 6, 7, 14, 15, 16),
    ),
}
"""By machine: its name in the kernel, and the numbers of the system calls that an answer has no use for."""
FCNTL, IOCTL, PRLIMIT64, OPENAT, SOCKETPAIR, OPEN = range(6)
ASKING = {"x86_64": (72, 16, 302, 257, 53, 2), "aarch64": (25, 29, 261, 56, 199)}
"""By machine: the numbers of the calls that are forbidden by their arguments; the last is absent on newer ones."""
OWNING = (8, 10, 15, 1024, 1026)
"""The commands of fcntl that have a file signal a process: F_SETOWN F_SETSIG F_SETOWN_EX F_SETLEASE F_NOTIFY."""
TELLING = (0x5452, 0x8901, 0x8902, 0x540E, 0x5410, 0x5412)
"""Those of ioctl: FIOASYNC FIOSETOWN SIOCSPGRP TIOCSCTTY TIOCSPGRP TIOCSTI."""
NOT_UNIX, NOT_STREAM = 0xFFFFFFFE, 0xFFF7F7FE
"""Bits of a socket pair's family and kind: a pair of streams, by which asyncio wakes its loop, leads nowhere."""
WRITING = 0x400243
"""The flags of open that write or make: O_WRONLY O_RDWR O_CREAT O_TRUNC O_TMPFILE."""
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 1, 38, 22, 2
CAPABILITY_VERSION = 0x20080522
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF, LANDLOCK_CREATE_RULESET_VERSION = 444, 445, 446, 1
READ_FILE, READ_DIR, PATH_BENEATH = 1 << 2, 1 << 3, 1
SINCE_VERSION = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14}
"""The rights that Landlock can refuse since its first three versions: to read, write, make, move, truncate."""


def limit(seconds: int, megabytes: int) -> None:
    """Allow no more than this of time, memory, files and processes, and no other process at all."""
    for what, most in (
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_FSIZE, 2**20),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))


def forbid() -> None:
    """Have the kernel refuse those system calls from now on, where it can: on Linux, on the machines above.

    Without bubblewrap this is the wall before everybody else's processes: an answer of the same account may otherwise
    have a pipe send SIGKILL to the grader (F_SETOWN, F_SETSIG, O_ASYNC), or limit its time (prlimit).

    A filter of seccomp(2): it cannot be taken off again, and other than RLIMIT_NPROC it holds for root too.
    """
    if sys.platform != "linux" or platform.machine() not in FORBIDDEN:
        return
    machine, *groups = FORBIDDEN[platform.machine()]
    load, equal, at_least, any_of, end = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, refuse = (end, 0, 0, 0x7FFF0000), (end, 0, 0, 0x00050001)  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
    rules = [
        (load, 0, 0, 4),
        (equal, 1, 0, machine),
        refuse,
        (load, 0, 0, 0),
        (at_least, 0, 1, 0x40000000),  # the same calls under their x32 numbers
        refuse,
    ]
    for number in (number for group in groups for number in group):
        rules += [(equal, 0, 1, number), refuse]
    asking = ASKING[platform.machine()]
    for which, *asked in (
        (FCNTL, (1, equal, OWNING)),
        (IOCTL, (1, equal, TELLING)),
        (PRLIMIT64, (0, at_least, (1,))),  # 0 is this process itself; -1 is 2 ** 32 - 1 here
        (OPENAT, (2, any_of, (WRITING,))),
        (SOCKETPAIR, (0, any_of, (NOT_UNIX,)), (1, any_of, (NOT_STREAM,))),
        (OPEN, (1, any_of, (WRITING,))),
    ):
        if which < len(asking):
            tests = []
            for argument, test, values in asked:
                tests.append((load, 0, 0, 16 + 8 * argument))
                tests += [each for value in values for each in ((test, 0, 1, value), refuse)]
            rules += [(equal, 0, len(tests) + 1, asking[which]), *tests, allow]
    rules.append(allow)
    program = b"".join(struct.pack("HBBI", *rule) for rule in rules)
    held = ctypes.create_string_buffer(program)
    filter_program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(rules), ctypes.addressof(held)))
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_program, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def give_up_rights() -> None:
    """Be as weak as any user, when root grades: what root may do to others and to their files needs a capability."""
    if sys.platform == "linux":
        LIBC.capset(struct.pack("Ii", CAPABILITY_VERSION, 0), bytes(24))


def die_with_parent() -> None:
    """Be killed when the grader is, and gain no rights, which the other walls ask for."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0)
        LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def die_unread(out: int) -> None:
    """Be killed when nobody is there any more to read the evidence from the pipe `out`, or has gone already.

    It holds from the first moment on, when bubblewrap itself may not yet know whom to die with.
    """
    if sys.platform == "linux":
        fcntl.fcntl(out, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(out, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(out, fcntl.F_SETFL, os.O_WRONLY | os.O_ASYNC)
        watch = select.poll()
        watch.register(out, 0)
        if watch.poll(0):  # POLLERR: its other end is closed
            os._exit(1)


def close_files(library: str) -> None:
    """Have the kernel refuse to open what is neither Python's nor the library's, and to write anything: Landlock.

    A second wall under bubblewrap, and the only one without it; on Linux from 5.13, where it was not switched off.
    """
    if sys.platform != "linux":
        return
    version = LIBC.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_CREATE_RULESET_VERSION)
    if version < 1:
        return
    handled = sum(bits for since, bits in SINCE_VERSION.items() if since <= version)
    rules = LIBC.syscall(LANDLOCK_CREATE_RULESET, struct.pack("Q", handled), 8, 0)
    python = os.path.dirname(os.path.dirname(os.__file__))
    modules = [entry.path for entry in os.scandir(os.path.join(library, "modules"))]
    for path in (library, *modules, python, "/usr/lib", "/lib", "/lib64", "/dev/urandom"):
        if not os.path.exists(path):
            continue
        allowed = READ_FILE | READ_DIR if os.path.isdir(path) else READ_FILE
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        LIBC.syscall(LANDLOCK_ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", allowed, place), 0)
        os.close(place)
    if LIBC.syscall(LANDLOCK_RESTRICT_SELF, rules, 0):
        raise OSError(ctypes.get_errno(), "Landlock restricts nothing")
    os.close(rules)


def main(library: str, seconds: str, megabytes: str) -> None:
    """Read the job, close the doors, gather, write."""
    job = json.load(sys.stdin)
    out = os.dup(1)
    die_unread(out)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    die_with_parent()
    limit(int(seconds), int(megabytes))
    close_files(library)
    give_up_rights()
    forbid()
    sys.path[:0] = [library, os.path.join(library, "modules")]
    sys.argv[:] = [""]
    from absent import stand_in
    from drive import gather

    stand_in()

    left = json.dumps(gather(job)).encode()
    fcntl.fcntl(out, fcntl.F_SETFL, os.O_WRONLY)  # what is read from now on is read for good
    while left:
        left = left[os.write(out, left) :]
    os._exit(0)


main(*sys.argv[1:])
