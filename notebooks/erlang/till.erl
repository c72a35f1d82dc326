%% One process is one till, and its mailbox is the line in front of it.
%% Run it:  escript till.erl
-module(till).
-mode(compile).
-export([main/1]).

-define(TILLS, 5).
-define(CUSTOMERS, 400).
-define(WORK, 20).     % mean milliseconds at a till
-define(LOAD, 0.8).    % share of the time that each till is busy

main(_) ->
    rand:seed(exsss, 1710),
    Friday = customers(?CUSTOMERS, 0.0),
    Tills = [spawn(fun till/0) || _ <- lists:seq(1, ?TILLS)],
    report("a line a till", Friday, fun() -> lists:nth(rand:uniform(?TILLS), Tills) end),
    Line = spawn(fun line/0),
    [spawn(fun() -> till(Line) end) || _ <- Tills],
    report("one line", Friday, fun() -> Line end).

%% A till with a line of its own: take the oldest message, serve, take the next.
till() ->
    receive {customer, _, _, _} = Customer -> serve(Customer) end,
    till().

%% A till without one: tell the shared line that it is free, serve whom it sends.
till(Line) ->
    Line ! {free, self()},
    receive {customer, _, _, _} = Customer -> serve(Customer) end,
    till(Line).

%% The shared line: wait for a till that is free, then for a customer, the oldest first.
line() ->
    receive {free, Till} ->
        receive {customer, _, _, _} = Customer -> Till ! Customer end
    end,
    line().

serve({customer, Came, Work, Home}) ->
    Home ! {waited, now_ms() - Came},
    timer:sleep(Work).

%% The customers of a day: when each comes and what each needs, in milliseconds.
customers(0, _) -> [];
customers(N, At) ->
    Next = At + exponential(?WORK / (?LOAD * ?TILLS)),
    [{round(Next), round(exponential(?WORK))} | customers(N - 1, Next)].

%% Send every customer at the right moment to the door that Choose opens, and read the waits.
report(Design, Customers, Choose) ->
    Open = now_ms() + 10,
    [erlang:send_after(Open + At, Choose(), {customer, Open + At, Work, self()}, [{abs, true}])
     || {At, Work} <- Customers],
    Waits = [receive {waited, Wait} -> Wait end || _ <- Customers],
    io:format("~-14s ~b customers, mean wait ~.1f ms, longest ~b ms~n",
              [Design ++ ":", length(Waits), lists:sum(Waits) / length(Waits), lists:max(Waits)]).

exponential(Mean) -> -Mean * math:log(1 - rand:uniform()).

now_ms() -> erlang:monotonic_time(millisecond).
