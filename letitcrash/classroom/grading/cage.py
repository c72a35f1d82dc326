"""The inside of the sandbox: run one job, write its evidence, be gone. Run as a script, by `sandbox`, never imported.

python -I -S cage.py LIBRARY SECONDS MEGABYTES <job.json >evidence.json
"""

import ctypes
import json
import os
import platform
import resource
import struct
import sys

FORBIDDEN = {
    "x86_64": (
        0xC000003E,
        # clone fork vfork execve execveat clone3: no other process or thread
        (56, 57, 58, 59, 322, 435),
        # kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal ptrace process_vm_readv,writev: no hands
        (62, 200, 234, 129, 297, 424, 101, 310, 311),
        # socket socketpair io_uring_setup mount unshare setns bpf userfaultfd add_key keyctl: no way out
        (41, 53, 425, 165, 272, 308, 321, 323, 248, 250),
    ),
    "aarch64": (
        0xC00000B7,
        (220, 221, 281, 435),
        (129, 130, 131, 138, 240, 424, 117, 270, 271),
        (198, 199, 425, 40, 97, 268, 280, 282, 217, 219),
    ),
}
"""By machine: its name in the kernel, and the numbers of the system calls that an answer has no use for."""


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
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_privileges, seccomp, by_filter = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(seccomp, by_filter, filter_program, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def main(library: str, seconds: str, megabytes: str) -> None:
    """Read the job, close the doors, gather, write."""
    job = json.load(sys.stdin)
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    limit(int(seconds), int(megabytes))
    forbid()
    sys.path.insert(0, library)
    sys.argv[:] = [""]
    from drive import gather

    left = json.dumps(gather(job)).encode()
    while left:
        left = left[os.write(out, left) :]
    os._exit(0)


main(*sys.argv[1:])
