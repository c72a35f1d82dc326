# exercise: call
# idea: a monitor for the death and an alias for the answer, one after the other closed
async def call(me, server, request, timeout=5.0):
    pid = me.whereis(server) if isinstance(server, str) else server
    if pid is me.pid:
        raise CallFailed("calling_self", server, request)
    watch, address = me.monitor(pid or server), me.alias()
    if pid is not None:
        me.send(pid, Call(request, address))
    try:
        got = await me.receive(any_of(watch, address), timeout=timeout)
    finally:
        me.demonitor(watch, flush=True)
        me.unalias(address)
        await me.receive(address, timeout=0)
    if isinstance(got, Answer):
        return got.value
    raise CallFailed("timeout" if isinstance(got, Timeout) else got.reason, server, request)
