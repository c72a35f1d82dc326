#!/usr/bin/env escript
%%! +S 1 +sbwt none
%% Plays scenarios of several nodes (letitcrash/scenario/nodes.py) on real Erlang nodes, one BEAM each, and prints what
%% came of each step and of each process: one JSON array a line, [Number, Place or Who, What, Detail]. The argument is a
%% file of Erlang terms (otp.py); ERL_EPMD_PORT says where epmd listens. The nodes are controlled over their standard
%% input, so no connection is there that a scenario does not ask for. A step is taken when all is quiet after the one
%% before: nothing waits for a fixed time.
-mode(compile).
-define(PATIENCE, 60000).

main([File]) ->
    logger:set_primary_config(level, none),
    {ok, Scenarios} = file:consult(File),
    Source = filename:join(filename:dirname(escript:script_name()), "actor.erl"),
    {ok, actor, Code} = compile:file(Source, [binary]),
    put(code, Code),
    [begin
         Rows = play(Scenario),
         [io:put_chars([json([N | Row]), "\n"]) || Row <- Rows]
     end || {N, Scenario} <- lists:zip(lists:seq(0, length(Scenarios) - 1), Scenarios)],
    [peer:stop(Peer) || {{node, _, _}, {Peer, _}} <- get()].

play(#{nodes := Nodes, processes := Homes, script := Script} = Scenario) ->
    put(options, Nodes),
    put(state, maps:map(fun(Name, Options) -> up(Name, Options) end, Nodes)),
    [call(Name, actor, stop_all, []) || Name <- maps:keys(Nodes)],
    settle([]),
    Visible = [Name || {Name, Options} <- maps:to_list(Nodes), not maps:get(hidden, Options, false)],
    [call(One, net_kernel, connect_node, [far(Other)])
     || maps:get(connected, Scenario, true), One <- Visible, Other <- Visible, One < Other],
    Pids = maps:map(fun(Who, Home) -> call(Home, actor, start, [Who]) end, Homes),
    put(current, Pids),
    settle(maps:values(Pids)),
    Came = [step(Place, Step, Pids, Homes) || {Place, Step} <- lists:zip(lists:seq(1, length(Script)), Script)],
    Left = [[Who, left, left(Pid, maps:get(Who, Homes), Pids)] || {Who, Pid} <- maps:to_list(get(current))],
    [begin signal("CONT", Name), set(Name, up) end || {Name, frozen} <- maps:to_list(get(state))],
    Came ++ Left.

left(Pid, Home, Pids) ->
    case state(Home) of
        up -> call(Home, actor, look, [Pid, Pids]);
        _ -> gone
    end.

step(Place, [Who | Order], Pids, Homes) ->
    Came = case maps:find(Who, Homes) of
        error -> happen(Who, hd(Order), Homes), ok;
        {ok, Home} ->
            case state(Home) of
                up -> call(Home, actor, do, [maps:get(Who, get(current)), Place, Order, Pids]);
                _ -> gone
            end
    end,
    settle(maps:values(get(current))),
    [Place, came, Came].

happen(Name, kill, _) -> signal("KILL", Name), set(Name, gone), forget(Name);
happen(Name, freeze, _) -> signal("STOP", Name), set(Name, frozen);
happen(Name, thaw, _) -> signal("CONT", Name), set(Name, up);
happen(Name, start, Homes) ->
    up(Name, maps:get(Name, get(options))),
    set(Name, up),
    [put(current, (get(current))#{Who => call(Name, actor, start, [Who])})
     || {Who, Home} <- maps:to_list(Homes), Home =:= Name];
happen(Name, halt, _) -> leaves(Name, fun() -> call(Name, erlang, spawn, [erlang, halt, []]) end);
happen(Name, init_stop, _) -> leaves(Name, fun() -> call(Name, init, stop, []) end);
happen(Name, term, _) -> leaves(Name, fun() -> signal("TERM", Name) end).

leaves(Name, Order) ->
    {Peer, _} = get({node, Name, maps:get(Name, get(options))}),
    Ref = monitor(process, Peer),
    catch Order(),
    receive {'DOWN', Ref, _, _, _} -> ok end,
    set(Name, gone),
    forget(Name).

%% Wait until no connection is being made or lost, all views agree, and what is under way has arrived.
settle(Pids) -> settle(Pids, erlang:monotonic_time(millisecond) + ?PATIENCE, none).

settle(Pids, Until, Before) ->
    true = erlang:monotonic_time(millisecond) < Until,
    Up = [Name || {Name, up} <- maps:to_list(get(state))],
    Gone = [far(Name) || {Name, gone} <- maps:to_list(get(state))],
    Views = [{far(Name), call(Name, actor, is_calm, [])} || Name <- Up],
    Awake = [Node || {Node, _} <- Views],
    Calm = lists:all(fun({Node, {IsCalm, Peers}}) ->
        IsCalm andalso [] =:= [Peer || Peer <- Peers, lists:member(Peer, Gone)]
            andalso [] =:= [Peer || Peer <- Peers, lists:member(Peer, Awake), not sees(Peer, Node, Views)]
    end, Views),
    There = [Pid || Pid <- Pids, lists:member(node(Pid), Awake)],
    case Calm of
        true ->
            [call(Name, actor, sync, [There]) || _ <- [1, 2, 3], Name <- Up],
            Views =:= Before orelse settle(Pids, Until, Views);
        false ->
            timer:sleep(2),
            settle(Pids, Until, none)
    end.

sees(Node, Other, Views) ->
    {_, {_, Peers}} = lists:keyfind(Node, 1, Views),
    lists:member(Other, Peers).

%% Nodes: {node, Name, Options} -> {Peer, number of its operating system process}

up(Name, Options) ->
    Key = {node, Name, Options},
    case get(Key) of
        undefined ->
            [begin peer:stop(Peer), erase(Old) end || {{node, One, _} = Old, {Peer, _}} <- get(), One =:= Name],
            {ok, Peer, _} = peer:start(#{name => Name, host => "localhost", connection => standard_io,
                                         args => args(Options), wait_boot => ?PATIENCE}),
            {module, actor} = peer:call(Peer, code, load_binary, [actor, "actor.erl", get(code)], ?PATIENCE),
            ok = peer:call(Peer, actor, keeper, [], ?PATIENCE),
            put(Key, {Peer, peer:call(Peer, os, getpid, [], ?PATIENCE)});
        _ -> ok
    end,
    up.

args(Options) ->
    Auto = maps:get(auto_connect, Options, always),
    ["-setcookie", "letitcrash", "-start_epmd", "false", "-connect_all", "false", "+S", "1:1", "+sbwt", "none",
     "-kernel", "logger_level", "none", "-kernel", "prevent_overlapping_partitions", "false"]
        ++ lists:append([["-hidden"] || maps:get(hidden, Options, false)])
        ++ lists:append([["-kernel", "dist_auto_connect", atom_to_list(Auto)] || Auto =/= always]).

call(Name, M, F, A) ->
    {Peer, _} = get({node, Name, maps:get(Name, get(options))}),
    peer:call(Peer, M, F, A, ?PATIENCE).

signal(Kind, Name) ->
    {_, Pid} = get({node, Name, maps:get(Name, get(options))}),
    os:cmd("kill -" ++ Kind ++ " " ++ Pid).

forget(Name) ->
    Key = {node, Name, maps:get(Name, get(options))},
    {Peer, _} = get(Key),
    catch peer:stop(Peer),
    erase(Key).

state(Name) -> maps:get(Name, get(state)).
set(Name, State) -> put(state, (get(state))#{Name => State}).
far(Name) -> list_to_atom(atom_to_list(Name) ++ "@localhost").

%% JSON, as much of it as is needed here.
json(Items) when is_list(Items) -> [$[, lists:join($,, [json(Item) || Item <- Items]), $]];
json(Number) when is_integer(Number) -> integer_to_list(Number);
json(true) -> "true";
json(false) -> "false";
json(Atom) -> [$", atom_to_list(Atom), $"].
