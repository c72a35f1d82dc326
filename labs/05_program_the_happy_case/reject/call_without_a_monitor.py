# exercise: call
# belief: every server that is asked answers
# fails: the_call_fails_as_the_server_did, nobody_there_is_noproc
# holds: the_answer_comes_back, nobody_waits_for_himself, it_waits_so_long_and_no_longer, a_late_answer_is_nobodys, the_post_stays_as_it_was, nothing_of_the_call_is_left
# word: (timeout)
async def call(me, server, request, timeout=5.0):
    """Ask `server` and return its answer; CallFailed says why there is none."""
    pid = me.whereis(server) if isinstance(server, str) else server
    if pid == me.pid:
        raise CallFailed("calling_self", server, request)
    if pid is None:
        raise CallFailed("noproc", server, request)
    ref = me.alias()
    me.send(pid, Call(request, ref))
    answer = await me.receive(ref, timeout=timeout)
    me.unalias(ref)
    match answer:
        case Answer(value=value):
            return value
        case Down(reason=reason):
            raise CallFailed(reason, server, request)
        case Timeout():
            raise CallFailed("timeout", server, request)
