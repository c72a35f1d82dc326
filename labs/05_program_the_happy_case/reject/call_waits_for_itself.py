# exercise: call
# belief: a server that calls itself waits like every other caller
# fails: nobody_waits_for_himself
# holds: the_answer_comes_back, the_call_fails_as_the_server_did, nobody_there_is_noproc, it_waits_so_long_and_no_longer, a_late_answer_is_nobodys, the_post_stays_as_it_was, nothing_of_the_call_is_left
# word: (calling_self)
async def call(me, server, request, timeout=5.0):
    """Ask `server` and return its answer; CallFailed says why there is none."""
    pid = me.whereis(server) if isinstance(server, str) else server
    if pid is None:
        raise CallFailed("noproc", server, request)
    ref = me.monitor(pid, alias=True)
    me.send(pid, Call(request, ref))
    answer = await me.receive(ref, timeout=timeout)
    me.demonitor(ref, flush=True)
    match answer:
        case Answer(value=value):
            return value
        case Down(reason=reason):
            raise CallFailed(reason, server, request)
        case Timeout():
            raise CallFailed("timeout", server, request)
