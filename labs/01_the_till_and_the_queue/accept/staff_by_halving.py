# exercise: staff
# idea: double until the promise holds, then halve
def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] * service / 3600

    low, high = int(offered), int(offered) + 1
    while service_level(offered, high, service, limit) < share:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if service_level(offered, middle, service, limit) >= share else (middle, high)
    return high
