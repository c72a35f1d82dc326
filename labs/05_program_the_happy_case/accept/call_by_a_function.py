# exercise: call
# idea: a function as the pattern, and each end cleans up for itself
async def call(me, server, request, timeout=5.0):
    there = server if not isinstance(server, str) else me.whereis(server)
    if there == me.pid or there is None:
        raise CallFailed("noproc" if there is None else "calling_self", server, request)
    ref = me.monitor(there, alias=True)
    me.send(there, Call(request, ref))

    def mine(message):
        return type(message) in (Answer, Down) and message.ref is ref

    message = await me.receive(mine, timeout=timeout)
    if type(message) is Answer:
        me.demonitor(ref, flush=True)
        return message.value
    if type(message) is Down:
        raise CallFailed(message.reason, server, request)
    me.demonitor(ref, flush=True)
    raise CallFailed("timeout", server, request)
