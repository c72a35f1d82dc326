#!/usr/bin/env escript
%%! +S 1 +sbwt none
%% The workloads of processes.py on Erlang/OTP, one scheduler: prints microseconds of CPU a piece.
-mode(compile).
-export([init/1, handle_call/3]).

main([Name, Size]) ->
    N = list_to_integer(Size),
    Work = list_to_atom(Name),
    {Run, Pieces} = prepare(Work, N),
    erlang:garbage_collect(),
    statistics(runtime),
    Run(),
    {_, Milliseconds} = statistics(runtime),
    io:format("~.6f~n", [Milliseconds * 1000 / Pieces]).

prepare(ring, N) ->
    Me = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> pass(Next) end) end, Me, lists:seq(1, 1000)),
    {fun() -> First ! N, loop(First) end, N};
prepare(ping_pong, N) ->
    Echo = spawn(fun echo/0),
    {fun() -> ping(Echo, N div 2) end, N};
prepare(call, N) ->
    {ok, Server} = gen_server:start(?MODULE, [], []),
    {fun() -> call(Server, N) end, N};
prepare(spawn, N) ->
    {fun() -> spawns(N) end, N}.

pass(Next) -> receive Left -> Next ! Left - 1, pass(Next) end.
loop(First) -> receive Left when Left > 0 -> First ! Left - 1, loop(First); _ -> ok end.

echo() -> receive {From, Message} -> From ! Message, echo() end.
ping(_, 0) -> ok;
ping(Echo, N) -> Echo ! {self(), N}, receive N -> ping(Echo, N - 1) end.

init([]) -> {ok, 12}.
handle_call(count, _, Eggs) -> {reply, Eggs, Eggs}.
call(_, 0) -> ok;
call(Server, N) -> 12 = gen_server:call(Server, count), call(Server, N - 1).

spawns(0) -> ok;
spawns(N) ->
    Me = self(),
    Pid = spawn(fun() -> receive go -> Me ! done end end),
    Pid ! go,
    receive done -> spawns(N - 1) end.
