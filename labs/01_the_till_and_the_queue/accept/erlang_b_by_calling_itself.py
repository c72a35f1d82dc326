# exercise: erlang_b
# idea: one line fewer is the same question
def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    if servers == 0:
        return 1.0
    before = offered * erlang_b(offered, servers - 1)
    return before / (servers + before)
