# exercise: serve
# idea: a function for one message, which also says to whom the last answer goes
async def serve(server, then=None):
    me, message = server.me, None
    while True:
        if type(then) is Stop:
            await server.terminate(then.reason)
            if then.reply is not NOTHING:
                reply(me, message.caller, then.reply)
            raise Exit(then.reason)
        message = await me.receive(timeout=None if then is None else then.seconds)
        try:
            then = await one_message(server, message)
        except Exception as error:
            await server.terminate(reason_of(error))
            raise


async def one_message(server, message):
    me = server.me
    if isinstance(message, Call):
        said = await server.handle_call(message.request, message.caller)
        if isinstance(said, NoReply):
            return said.then
        if isinstance(said, Stop):
            return said
        if isinstance(said, Reply):
            reply(me, message.caller, said.value)
            return said.then
        return reply(me, message.caller, said)
    if isinstance(message, Cast):
        return await server.handle_cast(message.message)
    if isinstance(message, StopRequest) or (isinstance(message, ExitSignal) and message.pid == me.parent):
        return Stop(message.reason)
    return await server.handle_info(message)
