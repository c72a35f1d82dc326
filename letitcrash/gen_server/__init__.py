"""GenServer: the part that all servers share. A subclass adds the state and the answers (OTP's gen_server).

class Shelf(GenServer):
    async def init(self, eggs):
        self.eggs = eggs

    async def handle_call(self, request, caller):
        match request:
            case "count":
                return self.eggs

    async def handle_cast(self, message):
        self.eggs -= 1

shelf = await Shelf.start_link(me, 12, name="shelf")
eggs = await call(me, "shelf", "count")
"""

from letitcrash.gen_server.clauses import FunctionClause
from letitcrash.gen_server.client import CALL_TIMEOUT, call, cast, reply, stop
from letitcrash.gen_server.messages import (
    After,
    Answer,
    Call,
    CallFailed,
    Cast,
    Continue,
    Ignore,
    NoReply,
    Reply,
    Stop,
)
from letitcrash.gen_server.server import GenServer, serve
from letitcrash.process.start import StartFailed

__all__ = [
    "CALL_TIMEOUT",
    "After",
    "Answer",
    "Call",
    "CallFailed",
    "Cast",
    "Continue",
    "FunctionClause",
    "GenServer",
    "Ignore",
    "NoReply",
    "Reply",
    "StartFailed",
    "Stop",
    "call",
    "cast",
    "reply",
    "serve",
    "stop",
]
