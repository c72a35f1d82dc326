# exercise: serve
# belief: a Stop can only come from a callback
# fails: agrees_with_the_library
# holds: every_call_is_answered, each_message_has_its_callback, an_answer_may_come_later, an_answer_goes_to_its_reference, stop_is_the_end, the_last_answer_is_given, a_crash_is_tidied_up_and_stays_a_crash, only_the_parent_says_bedtime, silence_is_told_once
# word: runs terminate
async def serve(server, then=None):
    """Message after message until Stop or a crash; then terminate, and exit with the reason."""
    me = server.me
    try:
        while True:
            message = await me.receive(timeout=getattr(then, "seconds", None))
            match message:
                case Call(request, caller):
                    said = await server.handle_call(request, caller)
                    if not isinstance(said, Stop | Reply | NoReply):
                        said = Reply(said)
                    if isinstance(said, Reply):
                        reply(me, caller, said.value)
                    then = said if isinstance(said, Stop) else said.then
                case Cast(told):
                    then = await server.handle_cast(told)
                case StopRequest(reason):
                    then = Stop(reason)
                case ExitSignal(pid, reason) if pid is me.parent:
                    then = Stop(reason)
                case _:
                    then = await server.handle_info(message)
            if isinstance(then, Stop):
                break
    except Exception as error:
        await server.terminate(reason_of(error))
        raise
    await server.terminate(then.reason)
    if then.reply is not NOTHING:
        reply(me, caller, then.reply)
    raise Exit(then.reason)
