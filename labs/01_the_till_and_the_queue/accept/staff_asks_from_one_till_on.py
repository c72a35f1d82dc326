# exercise: staff
# idea: begins with one till and steps over the lines that never end
def staff(by_hour, hour, service, limit, share=0.95):
    offered, tills = by_hour[hour] * service / 3600, 0
    while True:
        tills += 1
        try:
            level = service_level(offered, tills, service, limit)
        except ValueError:
            continue
        if level >= share:
            return tills
