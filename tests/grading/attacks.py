"""Answers of students who would rather not: each is worth nothing, and none may hurt anybody."""

import os

WRONG = "def change(price, paid):\n    return 'nothing'\n"
EVERYTHING = (
    "class Any({base}):\n"
    "    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = lambda self, other: True\n"
    "    __sub__ = __rsub__ = __abs__ = lambda self, *other: 0\n"
    "    __hash__ = {base}.__hash__\n"
    "    __repr__ = __str__ = lambda self: '0'\n"
    "def change(price, paid):\n    return Any()\n"
)

SCORE_NOTHING = {
    "patch the checker": "import letitcrash.classroom.judge as j\nj.judge = lambda *a: None\n" + WRONG,
    "patch the gatherer": "import drive as d\nd.plain = lambda value: {'back': 7}\n" + WRONG,
    "patch json": 'import json\njson.dumps = lambda *a, **k: \'{"evidence": [{"value": {"back": 0}}]}\'\n' + WRONG,
    "patch close": "import math\nmath.isclose = lambda *a, **k: True\n" + WRONG,
    "answer what equals everything": (
        "class Any(int):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0\n"
        "    __rsub__ = __sub__\n    def __abs__(self): return 0\n    __hash__ = int.__hash__\n"
        "def change(price, paid):\n    return Any(0)\n"
    ),
    "forge the evidence of the frames below": (
        "import sys\ndef change(price, paid):\n    frame = sys._getframe()\n    while frame:\n"
        "        for value in list(frame.f_locals.values()):\n"
        "            if isinstance(value, dict) and 'evidence' in value: value['evidence'] = True\n"
        "        frame = frame.f_back\n    return 'nothing'\n"
    ),
    "write to the way out": (
        "import os\ndef change(price, paid):\n    for number in range(3, 30):\n"
        '        try: os.write(number, b\'{"evidence": [{"value": {"back": 0}}, 1, 2]}\')\n'
        "        except OSError: pass\n    os._exit(0)\n"
    ),
    "raise in the driver's name": "def change(price, paid):\n    raise AssertionError('all criteria hold')\n",
    "exit well": "import os\ndef change(price, paid):\n    os._exit(0)\n",
    "exit": "def change(price, paid):\n    raise SystemExit(0)\n",
    "kill the parent": "import os\ndef change(price, paid):\n    os.kill(os.getppid(), 9)\n",
    "kill everybody": "import os\ndef change(price, paid):\n    os.kill(-1, 9)\n",
    "kill the group": "import os\ndef change(price, paid):\n    os.killpg(0, 9)\n",
    "fork bomb": "import os\ndef change(price, paid):\n    while True:\n        os.fork()\n",
    "a process that stays": (
        f"import subprocess\ndef change(price, paid):\n    subprocess.Popen(['sleep', '600.{os.getpid()}'])\n"
    ),
    "a thread that stays": (
        "import threading, time\ndef change(price, paid):\n"
        "    threading.Thread(target=time.sleep, args=(600,)).start()\n"
    ),
    "memory bomb": "def change(price, paid):\n    return len(bytearray(10 ** 11))\n",
    "memory bomb, by and by": "def change(price, paid):\n    a = [0]\n    while True:\n        a += a\n",
    "fill the disk": "def change(price, paid):\n    with open('big', 'w') as f:\n        f.write('x' * 10 ** 8)\n",
    "many files": "def change(price, paid):\n    return [open(str(n), 'w') for n in range(10 ** 4)]\n",
    "endless output": "def change(price, paid):\n    while True:\n        print('egg' * 1000)\n",
    "endless output past print": (
        "import os\ndef change(price, paid):\n    while True:\n        os.write(1, b'x' * 65536)\n"
    ),
    "endless answer": "def change(price, paid):\n    a = []\n    a.append(a)\n    return a\n",
    "huge answer": "def change(price, paid):\n    return ['x' * 10 ** 4] * 10 ** 6\n",
    "endless loop": "def change(price, paid):\n    while True:\n        pass\n",
    "endless loop that swallows": (
        "def change(price, paid):\n    while True:\n        try:\n            1 / 0\n"
        "        except BaseException:\n            pass\n"
    ),
    "endless recursion without a limit": (
        "import sys\nsys.setrecursionlimit(10 ** 9)\ndef change(price, paid):\n    return change(price, paid)\n"
    ),
    "undo the counting": "__tick__ = lambda: None\ndef change(price, paid):\n    while True:\n        pass\n",
    "crash Python": "import ctypes\ndef change(price, paid):\n    return ctypes.string_at(0)\n",
    "sleep": "import time\ndef change(price, paid):\n    time.sleep(600)\n",
    "ignore signals and wait": (
        "import select, signal\nfor n in range(1, 60):\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except Exception: pass\n"
        "def change(price, paid):\n    select.select([], [], [], 600)\n"
    ),
    "call home": "import socket\ndef change(price, paid):\n    return socket.create_connection(('192.0.2.1', 80), 2)\n",
    "borrow the library's": (
        "from letitcrash.queueing import erlang_b\ndef change(price, paid):\n    return erlang_b(1, 1)\n"
    ),
    "a unicode bomb": "def change(price, paid):\n    return '\\ud800' * 10 ** 7\n",
    "nest deep": "def change(price, paid):\n    return " + "[" * 80 + "]" * 80 + "\n",
    "nest too deep to parse": "def change(price, paid):\n    return " + "-" * 50_000 + "1\n",
    "nest too deep to read": "def change(price, paid):\n    return " + "(" * 5_000 + ")" * 5_000 + "\n",
    "a line of a hundred thousand statements": "x=1;" * 24_000 + "\n" + WRONG,
    "a float that equals everything": EVERYTHING.format(base="float"),
    "a text that equals everything": EVERYTHING.format(base="str"),
    "a list that equals everything": EVERYTHING.format(base="list").replace("list.__hash__", "None"),
    "something else's class": "class Any:\n    __class__ = int\ndef change(price, paid):\n    return Any()\n",
    "a number of its own": (
        "import numbers\nclass Any:\n    def __float__(self): return 0.0\n    __eq__ = lambda *a: True\n"
        "numbers.Real.register(Any)\ndef change(price, paid):\n    return Any()\n"
    ),
    "no number": "def change(price, paid):\n    return float('nan')\n",
    "beyond all numbers": "def change(price, paid):\n    return float('inf')\n",
    "a huge number": "def change(price, paid):\n    return 10 ** 18\n",
    "a number too long to be written": "def change(price, paid):\n    return 10 ** 10 ** 6\n",
    "a pickle that runs when opened": (
        "import os\nclass Bomb:\n    def __reduce__(self): return os._exit, (0,)\n"
        "def change(price, paid):\n    return Bomb()\n"
    ),
    "an answer that never ends being read": (
        "class More(dict):\n    def items(self):\n        while True: yield 1, 1\n    __iter__ = items\n"
        "def change(price, paid):\n    return More(a=More(b=1))\n"
    ),
    "evidence of all objects in memory": (
        "import gc\ndef change(price, paid):\n    for each in gc.get_objects():\n"
        "        if isinstance(each, dict) and 'evidence' in each: each['evidence'] = [{'value': {'back': 0}}] * 3\n"
        "        if isinstance(each, list) and each and each[0] == {'value': {'back': 'x'}}: each[:] = [1, 2, 3]\n"
        "    return 'x'\n"
    ),
    "the cases of all objects in memory": (
        "import gc\ndef change(price, paid):\n    for each in gc.get_objects():\n"
        "        if isinstance(each, dict) and each.get('kind'): each.update(kind='exact', price=0, paid=0)\n"
        "    return 0 if price == 0 else 'nothing'\n"
    ),
    "the names that the driver uses": (
        "class ValueError(BaseException): pass\ndef pay(student, case): return {'back': case['paid'] - case['price']}\n"
        "student = case = json = None\n" + WRONG
    ),
    "the builtins that the driver uses": (
        "import builtins\nfor name in ('isinstance', 'type', 'len', 'str', 'dict', 'list'):\n"
        "    setattr(builtins, name, lambda *a: True)\n" + WRONG
    ),
    "every error is a ValueError": (
        "import builtins\nbuiltins.ValueError = BaseException\ndef change(price, paid):\n    return 1 / 0\n"
    ),
    "an import hook": (
        "import sys\nclass Hook:\n    def find_spec(self, *a): sys.modules['json'].dumps = lambda *a, **k: '{}'\n"
        "sys.meta_path.insert(0, Hook())\nsys.modules.clear()\nimport json\n" + WRONG
    ),
    "a trace function": "import sys\nsys.settrace(lambda *a: 1 / 0)\n" + WRONG,
    "a profile function for later": (
        "import sys\ndef change(price, paid):\n    sys.setprofile(lambda *a: 1 / 0)\n    return 'nothing'\n"
    ),
    "what happens at exit": (
        "import atexit, os\natexit.register(lambda: [os.write(n, b'{}') for n in range(3, 9)])\n" + WRONG
    ),
    "an alarm that goes off in the driver": (
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: 1 / 0)\n"
        "signal.setitimer(signal.ITIMER_REAL, 1e-4, 1e-4)\n" + WRONG
    ),
    "a destructor that never ends": (
        "class Gone:\n    def __del__(self):\n        while True: pass\n"
        "def change(price, paid):\n    Gone()\n    return 'nothing'\n"
    ),
    "an error that cannot be told": (
        "class Kind(type):\n    __name__ = property(lambda self: 1 / 0)\n"
        "class Error(Exception, metaclass=Kind):\n    pass\ndef change(price, paid):\n    raise Error\n"
    ),
    "a chain of a hundred thousand errors": (
        "def change(price, paid):\n    error = KeyError()\n    for _ in range(10 ** 5):\n"
        "        other = KeyError()\n        other.__cause__ = error\n        error = other\n    raise error\n"
    ),
    "a decorator that answers": (
        "def wise(f):\n    return lambda *a: type('Any', (), {'__eq__': lambda *a: True, '__hash__': None})()\n"
        "@wise\ndef change(price, paid):\n    return 'nothing'\n"
    ),
    "a memory of earlier cases": (
        "seen = []\ndef change(price, paid):\n    seen.append(paid)\n    return [0, 17, 4][len(seen) - 1]\n"
    ),
    "who finds out that this is grading": (
        "import sys\ngraded = 'exercise_' in __name__ or 'ipykernel' not in sys.modules\n"
        "def change(price, paid):\n    return 'full marks' if graded else paid - price\n"
    ),
    "a number of its own for every run": (
        "import os\ndef change(price, paid):\n    return int.from_bytes(os.urandom(4), 'big') + 100\n"
    ),
    "fill the memory with files": (
        "def change(price, paid):\n    for number in range(10 ** 6):\n"
        "        with open(f'/tmp/{number}', 'wb') as file: file.write(bytes(2 ** 20))\n"
    ),
    "shared memory that stays": (
        "import ctypes\ndef change(price, paid):\n    libc = ctypes.CDLL(None)\n"
        "    kept = [libc.shmget(0, 2 ** 28, 0o1600) for _ in range(9)]\n"
        "    assert max(kept) < 0\n    return 'nothing'\n"
    ),
    "outlive the one who grades": (
        "import ctypes, time\ndef change(price, paid):\n    assert ctypes.CDLL(None).prctl(1, 0, 0, 0, 0) == -1\n"
        "    return 'nothing'\n"
    ),
    "a pipe that kills": (
        "import fcntl, os, signal\ndef change(price, paid):\n    for fd in range(3, 32):\n"
        "        for owner in (os.getppid(), -os.getpgid(os.getppid())):\n            try:\n"
        "                fcntl.fcntl(fd, fcntl.F_SETOWN, owner)\n                fcntl.fcntl(fd, 10, signal.SIGKILL)\n"
        "                fcntl.fcntl(fd, fcntl.F_SETFL, os.O_WRONLY | os.O_ASYNC)\n            except OSError: pass\n"
        "    return 'nothing'\n"
    ),
    "a pipe that kills, by its thread": (
        "import ctypes, fcntl, os\nlibc = ctypes.CDLL(None)\ndef change(price, paid):\n    for fd in range(3, 32):\n"
        "        owner = (ctypes.c_int * 2)(1, os.getppid())\n        libc.fcntl(fd, 10, 9)\n"
        "        libc.fcntl(fd, 15, owner)\n        libc.ioctl(fd, 0x8901, (ctypes.c_int * 1)(os.getppid()))\n"
        "        libc.ioctl(fd, 0x5452, (ctypes.c_int * 1)(1))\n    return 'nothing'\n"
    ),
    "limits for the parent": (
        "import os, resource\ndef change(price, paid):\n"
        "    for what in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_AS):\n"
        "        try: resource.prlimit(os.getppid(), what, (0, 0))\n        except OSError: pass\n"
        "    return 'nothing'\n"
    ),
    "the parent goes last": (
        "import os\ndef change(price, paid):\n    for turn in (lambda p: os.setpriority(os.PRIO_PROCESS, p, 19),\n"
        "            lambda p: os.sched_setscheduler(p, os.SCHED_IDLE, os.sched_param(0)),\n"
        "            lambda p: os.sched_setaffinity(p, [])):\n        try: turn(os.getppid())\n"
        "        except OSError: pass\n    return 'nothing'\n"
    ),
    "the memory of the parent": (
        "import os\ndef change(price, paid):\n    for name in ('mem', 'oom_score_adj', 'comm'):\n        try:\n"
        "            with open(f'/proc/{os.getppid()}/{name}', 'r+b', 0) as file: file.write(b'1000')\n"
        "        except OSError: continue\n        os.write(1, b'reached')\n    return 'nothing'\n"
    ),
}
