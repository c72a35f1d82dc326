# exercise: erlang_b
# idea: the inverse of the share, one line at a time: 1/B(k) = 1 + k/A * 1/B(k-1)
def erlang_b(offered, servers):
    if offered < 0 or servers < 0:
        raise ValueError(f"{offered} erlangs on {servers} lines: neither can be less than none")

    if not offered:
        return 0.0 if servers else 1.0
    inverse = 1.0
    for line in range(1, servers + 1):
        inverse = 1 + inverse * line / offered
    return 1 / inverse
