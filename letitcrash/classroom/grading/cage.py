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
        # socket socketpair io_uring_setup mount unshare setns bpf userfaultfd add_key keyctl: no way out
        (41, 53, 425, 165, 272, 308, 321, 323, 248, 250),
        # shmget semget msgget mq_open truncate chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat: no traces
        (29, 64, 68, 240, 76, 90, 91, 268, 452, 92, 93, 94, 260),
    ),
    "aarch64": (
        0xC00000B7,
        (220, 221, 281, 435),
        (129, 130, 131, 138, 240, 424, 117, 270, 271, 167),
        (198, 199, 425, 40, 97, 268, 280, 282, 217, 219),
        (194, 190, 186, 180, 45, 52, 53, 452, 55, 54),
    ),
}
"""By machine: its name in the kernel, and the numbers of the system calls that an answer has no use for."""
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 1, 38, 22, 2
LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF, LANDLOCK_CREATE_RULESET_VERSION = 444, 445, 446, 1
READ_FILE, READ_DIR, PATH_BENEATH = 1 << 2, 1 << 3, 1
SINCE_VERSION = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14}
"""What Landlock can refuse, bit by bit, since its first three versions: to read, write, make, move, truncate."""


def limit(seconds: int, megabytes: int) -> None:
    """No more than this of time, memory, files and processes: none at all of those that start others."""
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

    A filter of seccomp(2): it cannot be taken off again, and other than RLIMIT_NPROC it holds for root too.
    """
    if sys.platform != "linux" or platform.machine() not in FORBIDDEN:
        return
    machine, *groups = FORBIDDEN[platform.machine()]
    calls = [number for group in groups for number in group]
    load, equal, at_least, end = 0x20, 0x15, 0x35, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
    count = len(calls)
    rules = [
        (load, 0, 0, 4),
        (equal, 0, count + 3, machine),
        (load, 0, 0, 0),
        (at_least, count + 1, 0, 0x40000000),  # the same calls under their x32 numbers
        *((equal, count - at, 0, number) for at, number in enumerate(calls)),
        (end, 0, 0, allow),
        (end, 0, 0, refuse),
    ]
    program = b"".join(struct.pack("HBBI", *rule) for rule in rules)
    held = ctypes.create_string_buffer(program)
    filter_program = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(rules), ctypes.addressof(held)))
    if LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter_program, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def die_with_parent() -> None:
    """Be killed when whoever grades is, and gain no rights, which the other walls ask for."""
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
    for path in (library, python, "/usr/lib", "/lib", "/lib64", "/dev/urandom"):
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
    forbid()
    sys.path.insert(0, library)
    sys.argv[:] = [""]
    from drive import gather

    left = json.dumps(gather(job)).encode()
    fcntl.fcntl(out, fcntl.F_SETFL, os.O_WRONLY)  # what is read from now on is read for good
    while left:
        left = left[os.write(out, left) :]
    os._exit(0)


main(*sys.argv[1:])
