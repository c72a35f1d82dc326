# exercise: stand_in
# idea: receive any Down, match on it
async def stand_in(me, name, clerk):
    from letitcrash.process import Down

    if not me.whereis(name):
        me.spawn(clerk, name=name)
    me.monitor(me.whereis(name))
    while True:
        match await me.receive(Down):
            case Down(reason="normal"):
                break
            case _:
                me.spawn_monitor(clerk, name=name)
