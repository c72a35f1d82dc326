# exercise: serve
# idea: the loop ends with a break, and one flag says whether it was a crash
async def serve(server, then=None):
    me, crash, owed = server.me, None, []
    try:
        while type(then) is not Stop:
            message = await (me.receive() if then is None else me.receive(timeout=then.seconds))
            kind = type(message)
            if kind is Call:
                said = await server.handle_call(message.request, message.caller)
                then = said if type(said) is Stop else getattr(said, "then", None)
                if type(said) is Stop and said.reply is not NOTHING:
                    owed.append((message.caller, said.reply))
                if type(said) not in (Stop, NoReply):
                    reply(me, message.caller, said.value if type(said) is Reply else said)
            elif kind is Cast:
                then = await server.handle_cast(message.message)
            elif kind is StopRequest or (kind is ExitSignal and message.pid is me.parent):
                then = Stop(message.reason)
            else:
                then = await server.handle_info(message)
    except Exception as error:
        crash = error
    await server.terminate(then.reason if crash is None else reason_of(crash))
    for caller, value in owed:
        reply(me, caller, value)
    raise Exit(then.reason) if crash is None else crash
