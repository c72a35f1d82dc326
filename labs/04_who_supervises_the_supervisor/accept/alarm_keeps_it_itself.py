# exercise: alarm
# idea: a watchman who is above the alarm: he starts it and hears its exit
async def watchman(me, tree):
    from letitcrash.process import ExitSignal

    me.trap_exit = True
    while True:
        await tree.start_link(me)
        gone = await me.receive(ExitSignal)
        if gone.pid is me.parent:
            raise Exit(gone.reason)
        me.send("manager", "it gave up")
        await me.sleep(minutes(4.5))


def store(till, sensor, bell):
    return Supervisor(
        [Child("till", till), Child("alarm", watchman, args=(alarm(sensor, bell),))], intensity=3, period=60
    )
