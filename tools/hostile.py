"""The answers of the hostile students of `make_class.py`; every one of them is worth nothing."""

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
HOSTILE = {
    "patches the judge": ("import letitcrash.classroom.judge as j\nj.judge = lambda *a: None\n", "return 'egg'"),
    "patches math.isclose": ("import math\nmath.isclose = lambda *a, **k: True\n", "return 'egg'"),
    "equals everything": (
        "class Any(float):\n    __eq__ = __lt__ = __gt__ = lambda *a: True\n    __hash__ = float.__hash__\n",
        "return Any(0.5)",
    ),
    "forges evidence in the frames below": (
        "",
        "import sys\nframe = sys._getframe()\nwhile frame:\n    for value in list(frame.f_locals.values()):\n"
        "        if isinstance(value, dict) and 'evidence' in value: value['evidence'] = True\n"
        "    frame = frame.f_back\nreturn 'egg'",
    ),
    "writes its own evidence and leaves": (
        "",
        'import os\nfor number in range(3, 30):\n    try: os.write(number, b\'{"evidence": [{"value": 0}]}\')\n'
        "    except OSError: pass\nos._exit(0)",
    ),
    "kills its parent": ("", "import os\nos.kill(os.getppid(), 9)"),
    "kills everybody": ("", "import os\nos.kill(-1, 9)"),
    "forks for ever": ("", "import os\nwhile True: os.fork()"),
    "leaves a process behind": ("", "import subprocess\nsubprocess.Popen(['sleep', '600'])"),
    "takes all memory": ("", "everything = [0]\nwhile True: everything += everything"),
    "fills the disk": ("", "with open('big', 'w') as file: file.write('x' * 10 ** 8)"),
    "prints for ever": ("", "while True: print('egg' * 1000)"),
    "writes for ever past print": ("", "import os\nwhile True: os.write(1, b'x' * 65536)"),
    "loops and swallows": ("", "while True:\n    try: 1 / 0\n    except BaseException: pass"),
    "sleeps": ("", "import time\ntime.sleep(600)"),
    "exits well": ("", "import os\nos._exit(0)"),
    "calls home": ("", "import socket\nsocket.create_connection(('192.0.2.1', 80), 2)"),
    "looks for the exam": ("", "import glob\nraise LookupError(str(glob.glob('/**/exam.py', recursive=True)))"),
    "prints what runs in a browser": ("", f"print({MARKUP!r})\nraise ValueError({MARKUP!r})"),
    "crashes Python": ("", "import ctypes\nctypes.string_at(0)"),
}
"""The lines above an answer, and those that each of its functions does instead."""
