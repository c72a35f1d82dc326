# exercise: call
# belief: a name has somebody behind it
# fails: nobody_there_is_noproc
# holds: the_answer_comes_back, the_call_fails_as_the_server_did, nobody_waits_for_himself, it_waits_so_long_and_no_longer, a_late_answer_is_nobodys, the_post_stays_as_it_was, nothing_of_the_call_is_left
# word: BadArgument
async def call(me, server, request, timeout=5.0):
    """Ask `server` and return its answer; CallFailed says why there is none."""
    if me.pid in (server, me.whereis(server) if isinstance(server, str) else None):
        raise CallFailed("calling_self", server, request)
    ref = me.monitor(server, alias=True)
    me.send(server, Call(request, ref))
    answer = await me.receive(ref, timeout=timeout)
    me.demonitor(ref, flush=True)
    match answer:
        case Answer(value=value):
            return value
        case Down(reason=reason):
            raise CallFailed(reason, server, request)
        case Timeout():
            raise CallFailed("timeout", server, request)
