# exercise: staff
# idea: turn the formula round: the wait that the promised share does not exceed
from math import ceil, log


def staff(by_hour, hour, service, limit, share=0.95):
    offered = by_hour[hour] / (3600 / service)
    tills = ceil(offered) if offered != int(offered) else int(offered) + 1
    while True:
        waiting = erlang_c(offered, tills)
        late = 1 - share
        quantile = log(waiting / late) * service / (tills - offered) if waiting > late else 0
        if quantile <= limit:
            return tills
        tills += 1
