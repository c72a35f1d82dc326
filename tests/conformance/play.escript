#!/usr/bin/env escript
%%! +S 1 +sbwt none
%% Plays scenarios on Erlang/OTP, all at once, and prints what happened: one JSON array a line,
%% [Number, Second, Supervisor, What, Id, Detail].
%%
%% The argument is a file of Erlang terms, one map a scenario (see otp.py). Every scenario begins at a
%% tick of erlang:monotonic_time(1), the clock by which supervisors count (at one of three ticks, to spread the load). One scheduler: what one process does
%% before another hears of it has then an order.
-mode(compile).
-export([init/1, start_worker/3, start_worker/4, start_supervisor/3]).

main([File]) ->
    logger:set_primary_config(level, none),
    {ok, Scenarios} = file:consult(File),
    Base = tick() + 2000,
    Numbered = lists:zip(lists:seq(0, length(Scenarios) - 1), Scenarios),
    Running = [{N, spawn_monitor(fun() -> exit({rows, scenario(S, Base + N rem 3 * 1000)}) end)} || {N, S} <- Numbered],
    [receive {'DOWN', Ref, process, _, {rows, Rows}} ->
         [io:put_chars([json([N | Row]), "\n"]) || Row <- Rows];
             {'DOWN', Ref, process, _, Why} ->
         io:put_chars(standard_error, io_lib:format("scenario ~p failed: ~p~n", [N, Why])), halt(1)
     end || {N, {_, Ref}} <- Running],
    ok.

%% The next tick of the clock of whole seconds, in milliseconds.
tick() -> tick(erlang:monotonic_time(1)).
tick(Second) ->
    case erlang:monotonic_time(1) of
        Second -> tick(Second);
        _ -> erlang:monotonic_time(millisecond)
    end.

at(Base, Seconds, Message) ->
    erlang:send_after(Base + round(Seconds * 1000), self(), Message, [{abs, true}]).

sleep(forever) -> timer:sleep(infinity);
sleep(0) -> ok;
sleep(Seconds) -> timer:sleep(round(Seconds * 1000)).

%% One scenario: this process keeps the log.
scenario(#{tree := Tree, script := Script, until := Until}, Base) ->
    Tab = ets:new(names, [public]),
    Me = #{log => self(), tab => Tab},
    Parent = spawn(fun() -> parent(Me, Tree, Base) end),
    Stranger = spawn(fun() -> stranger(Me, Parent, Script, Base) end),
    at(Base, Until, over),
    Rows = log(Base, #{}, []),
    exit(Stranger, kill),
    exit(Parent, kill),
    [exit(Pid, kill) || {_, Pid} <- ets:tab2list(Tab), is_pid(Pid)],
    Rows.

log(Base, Who, Rows) ->
    receive
        over -> lists:reverse(Rows);
        {row, Sup, What, Id, Detail} -> log(Base, Who, [row(Base, Sup, What, Id, Detail) | Rows]);
        {watch, From, Pid, Sup, Id} ->
            Ref = monitor(process, Pid),
            From ! {watching, Pid},
            log(Base, Who#{Ref => {Sup, Id}}, [row(Base, Sup, start, Id, ok) | Rows]);
        {'DOWN', Ref, process, _, Why} ->
            #{Ref := {Sup, Id}} = Who,
            log(Base, Who, [row(Base, Sup, exit, Id, Why) | Rows])
    end.

row(Base, Sup, What, Id, Detail) ->
    [(erlang:monotonic_time(millisecond) - Base) / 1000, Sup, What, Id, Detail].

watch(#{log := Log, tab := Tab}, Pid, Sup, Id) ->
    Log ! {watch, self(), Pid, Sup, Id},
    receive {watching, Pid} -> ok end,
    ets:insert(Tab, {Id, Pid}).

%% The process above the tree.
parent(Me, Tree, Base) ->
    process_flag(trap_exit, true),
    at(Base, 0.2, go),
    receive go -> ok end,
    case start_supervisor(Me, '', Tree) of
        {ok, Top} -> parent(Top);
        {error, _} -> failed
    end.
parent(Top) ->
    receive
        {shutdown, Why} -> exit(Top, Why), parent(Top);
        {'EXIT', Top, _} -> over;
        _ -> parent(Top)
    end.

%% Somebody who is no relation, who carries out the script.
stranger(Me, Parent, Script, Base) ->
    [begin at(Base, At, step), receive step -> [order(Me, Parent, Order) || Order <- Do] end end
     || #{at := At, do := Do} <- Script].

order(_, Parent, [shutdown]) -> Parent ! {shutdown, shutdown};
order(_, Parent, [shutdown, Why]) -> Parent ! {shutdown, reason(Why)};
order(Me, _, [exit, Id, Why]) -> with(Me, Id, fun(Pid) -> Pid ! {exit, reason(Why)} end);
order(Me, _, [signal, Id, Why]) -> with(Me, Id, fun(Pid) -> exit(Pid, reason(Why)) end);
order(Me, _, [Verb, Sup | Rest]) ->
    spawn(fun() -> with(Me, Sup, fun(Pid) -> is_process_alive(Pid) andalso ask(Me, Verb, Sup, Pid, Rest) end) end).

with(#{tab := Tab}, Id, Fun) ->
    case ets:lookup(Tab, Id) of
        [{_, Pid}] -> Fun(Pid);
        [] -> nobody
    end.

reason([_ | _] = List) -> list_to_tuple([reason(Item) || Item <- List]);
reason(Other) -> Other.

ask(#{log := Log} = Me, Verb, Sup, Pid, Rest) ->
    {Asked, Answer} =
        try request(Me, Verb, Sup, Pid, Rest)
        catch exit:{Cause, _} -> {Verb, [exit, Cause]}
        end,
    Log ! {row, Sup, answer, Asked, Answer}.

request(Me, start_child, Sup, Pid, [#{} = Spec]) ->
    {start_child, ok_pid(supervisor:start_child(Pid, child(Me, Sup, Spec)))};
request(_, start_child, _, Pid, Args) -> {start_child, ok_pid(supervisor:start_child(Pid, Args))};
request(_, restart_child, _, Pid, [Id]) -> {restart_child, ok_pid(supervisor:restart_child(Pid, Id))};
request(#{tab := Tab}, terminate_dynamic, _, Pid, [Id]) ->
    [{_, Child}] = ets:lookup(Tab, Id),
    {terminate_child, answer(supervisor:terminate_child(Pid, Child))};
request(_, terminate_child, _, Pid, [Id]) -> {terminate_child, answer(supervisor:terminate_child(Pid, Id))};
request(_, delete_child, _, Pid, [Id]) -> {delete_child, answer(supervisor:delete_child(Pid, Id))};
request(_, get_childspec, _, Pid, [Id]) ->
    {get_childspec, case supervisor:get_childspec(Pid, Id) of {ok, _} -> ok; Error -> answer(Error) end};
request(_, which_children, _, Pid, []) ->
    {which_children, [[Id, state(Child)] || {Id, Child, _, _} <- supervisor:which_children(Pid)]};
request(_, count_children, _, Pid, []) ->
    {count_children, [N || {_, N} <- supervisor:count_children(Pid)]}.

ok_pid({ok, Pid}) -> [ok, state(Pid)];
ok_pid(Error) -> answer(Error).

answer(ok) -> ok;
answer({error, Why}) when is_tuple(Why) -> [error, element(1, Why)];
answer({error, Why}) -> [error, Why].

state(Pid) when is_pid(Pid) -> pid;
state(Other) -> Other.

%% The tree.
init({Flags, Children}) -> {ok, {Flags, Children}}.

start_supervisor(#{log := Log} = Me, Above, #{id := Id, children := Children} = Spec) ->
    Flags = maps:with([strategy, intensity, period, auto_shutdown], Spec),
    case supervisor:start_link(?MODULE, {Flags, [child(Me, Id, Child) || Child <- Children]}) of
        {ok, Pid} -> watch(Me, Pid, Above, Id), {ok, Pid};
        {error, Why} -> Log ! {row, Above, start, Id, [fail, Why]}, {error, Why}
    end.

child(Me, Sup, #{id := Id} = Spec) ->
    {Start, Type} = case Spec of
        #{children := _} -> {start_supervisor, supervisor};
        _ -> {start_worker, worker}
    end,
    Shutdown = case Spec of
        #{shutdown := Seconds} when is_number(Seconds) -> #{shutdown => round(Seconds * 1000)};
        _ -> maps:with([shutdown], Spec)
    end,
    maps:merge(maps:merge(maps:with([restart, significant], Spec), Shutdown),
               #{id => Id, type => Type, start => {?MODULE, Start, [Me, Sup, Spec]}}).

start_worker(Me, Sup, #{id := Id} = Spec) -> start_worker(Me, Sup, Spec, Id).
start_worker(#{log := Log, tab := Tab} = Me, Sup, Spec, Id) ->
    N = ets:update_counter(Tab, {tries, Id}, 1, {{tries, Id}, 0}),
    Starts = maps:get(starts, Spec, []),
    sleep(maps:get(start_takes, Spec, 0)),
    case N =< length(Starts) andalso lists:nth(N, Starts) of
        fail -> Log ! {row, Sup, start, Id, fail}, {error, no_eggs};
        [fail, Why] -> Log ! {row, Sup, start, Id, fail}, {error, reason(Why)};
        ignore -> Log ! {row, Sup, start, Id, ignore}, ignore;
        _ ->
            Parent = self(),
            Pid = spawn_link(fun() -> work(Parent, Spec) end),
            receive {ready, Pid} -> ok end,
            watch(Me, Pid, Sup, Id),
            {ok, Pid}
    end.

work(Parent, Spec) ->
    process_flag(trap_exit, maps:get(traps, Spec, false)),
    maps:get(unlinks, Spec, false) andalso unlink(Parent),
    Parent ! {ready, self()},
    work_on(Parent, maps:get(stop_takes, Spec, 0)).

work_on(Parent, Takes) ->
    receive
        {exit, Why} -> exit(Why);
        {'EXIT', Parent, Why} -> sleep(Takes), exit(Why);
        _ -> work_on(Parent, Takes)
    end.

%% JSON, as much of it as is needed here.
json(Items) when is_list(Items) -> [$[, lists:join($,, [json(Item) || Item <- Items]), $]];
json(Tuple) when is_tuple(Tuple) -> json(tuple_to_list(Tuple));
json(Word) when Word =:= null; Word =:= true; Word =:= false -> atom_to_list(Word);
json(undefined) -> "\"undefined\"";
json(Atom) when is_atom(Atom) -> [$", atom_to_list(Atom), $"];
json(Number) when is_integer(Number) -> integer_to_list(Number);
json(Number) when is_float(Number) -> io_lib:format("~.3f", [Number]);
json(Other) -> json(list_to_atom(lists:flatten(io_lib:format("~p", [Other])))).
