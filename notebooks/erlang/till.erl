%% One process is one till, and its mailbox is the line before it.
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
    Day = customers(?CUSTOMERS, 0.0),
    Tills = [spawn(fun till/0) || _ <- lists:seq(1, ?TILLS)],
    AnyTill = fun() -> lists:nth(rand:uniform(?TILLS), Tills) end,
    report("a line a till", Day, AnyTill),
    Line = spawn(fun line/0),
    [spawn(fun() -> till(Line) end) || _ <- Tills],
    report("one line", Day, fun() -> Line end).

%% A till with a line of its own: the oldest message first.
till() ->
    receive {customer, _, _, _} = Customer -> serve(Customer) end,
    till().

%% A till without one: say that it is free, then serve a customer from the line.
till(Line) ->
    Line ! {free, self()},
    receive {customer, _, _, _} = Customer -> serve(Customer) end,
    till(Line).

%% The shared line: wait for a free till, then for a customer.
line() ->
    receive {free, Till} ->
        receive {customer, _, _, _} = Customer -> Till ! Customer end
    end,
    line().

serve({customer, Came, Work, Home}) ->
    Home ! {waited, now_ms() - Came},
    timer:sleep(Work).

%% When each customer comes and what each needs, in milliseconds.
customers(0, _) -> [];
customers(N, At) ->
    Next = At + exponential(?WORK / (?LOAD * ?TILLS)),
    [{round(Next), round(exponential(?WORK))} | customers(N - 1, Next)].

%% Send each customer in time to the door that Choose names; read the waits.
report(Design, Day, Choose) ->
    Open = now_ms() + 10,
    [send_at(Open + At, Choose(), {customer, Open + At, Work, self()})
     || {At, Work} <- Day],
    Waits = [receive {waited, Wait} -> Wait end || _ <- Day],
    io:format("~-14s ~b customers, mean wait ~.1f ms, longest ~b ms~n",
              [Design ++ ":", length(Waits),
               lists:sum(Waits) / length(Waits), lists:max(Waits)]).

send_at(Moment, To, Message) ->
    erlang:send_after(Moment, To, Message, [{abs, true}]).

exponential(Mean) -> -Mean * math:log(1 - rand:uniform()).

now_ms() -> erlang:monotonic_time(millisecond).
