%% The processes of a scenario of several nodes (letitcrash/scenario/node_actors.py) on a real Erlang node, and a keeper
%% that knows how they ended and which nodes have come and gone.
-module(actor).
-export([keeper/0, start/1, do/4, look/2, sync/1, stop_all/0, is_calm/0]).

%% The keeper

keeper() ->
    Caller = self(),
    spawn(fun() ->
        register(keeper, self()),
        ok = net_kernel:monitor_nodes(true, [{node_type, all}]),
        Caller ! {self(), ready},
        keeps(#{}, lists:sort(nodes(connected)))
    end),
    receive {_, ready} -> ok end.

keeps(Actors, Nodes) ->
    receive
        {nodeup, Node, _} -> keeps(Actors, lists:usort([Node | Nodes]));
        {nodedown, Node, _} -> keeps(Actors, lists:delete(Node, Nodes));
        {'DOWN', _, _, Pid, Why} -> keeps(Actors#{Pid => {exits, Why}}, Nodes);
        {ask, From, {watch, Pid}} -> monitor(process, Pid), From ! {kept, ok}, keeps(Actors#{Pid => lives}, Nodes);
        {ask, From, {how, Pid}} -> From ! {kept, maps:get(Pid, Actors)}, keeps(Actors, Nodes);
        {ask, From, nodes} -> From ! {kept, Nodes}, keeps(Actors, Nodes);
        {ask, From, forget} -> From ! {kept, maps:keys(Actors)}, keeps(#{}, Nodes);
        {came, 0, _} -> keeps(Actors, Nodes)  % what a helper did
    end.

ask(What) -> keeper ! {ask, self(), What}, receive {kept, Kept} -> Kept end.

%% Whether no connection is being made here, and all have been told of those that there are.
is_calm() ->
    _ = net_kernel:get_net_ticktime(),
    Pending = [C || C <- ets:tab2list(sys_dist), element(1, C) =:= connection, element(4, C) =/= up],
    Nodes = lists:sort(nodes(connected)),
    {Pending =:= [] andalso ask(nodes) =:= Nodes, Nodes}.

%% Actors

start(Name) ->
    Caller = self(),
    Pid = spawn(fun() -> true = register(Name, self()), Caller ! {self(), ready}, works([]) end),
    receive {Pid, ready} -> ask({watch, Pid}) end,
    Pid.

stop_all() ->
    [begin Ref = monitor(process, Pid), exit(Pid, kill), receive {'DOWN', Ref, _, _, _} -> ok end end
     || Pid <- ask(forget)],
    [erlang:disconnect_node(Node) || Node <- nodes(connected)],
    ok.

%% What comes of a step.
do(Pid, Place, Order, Pids) ->
    Ref = monitor(process, Pid),
    Pid ! {do, self(), Place, Order, Pids},
    receive
        {came, Place, What} -> demonitor(Ref, [flush]), What;
        {'DOWN', Ref, _, _, noproc} -> dead;
        {'DOWN', Ref, _, _, Why} -> [exits, plain(Why)]
    end.

%% How a process has ended, or what it has not read.
look(Pid, Pids) ->
    case process_info(Pid, messages) of
        {messages, Messages} -> [plain(Message, Pids) || Message <- Messages];
        undefined -> {exits, Why} = how(Pid), [exits, plain(Why)]
    end.

how(Pid) ->
    case ask({how, Pid}) of
        lives -> erlang:yield(), how(Pid);
        How -> How
    end.

%% Let what is under way from here to these processes arrive.
sync(Pids) ->
    Near = [Pid || Pid <- Pids, node(Pid) =:= node() orelse lists:member(node(Pid), nodes(connected))],
    Refs = [begin Ref = monitor(process, Pid), Pid ! {sync, self(), Ref}, Ref end || Pid <- Near],
    [receive {synced, Ref} -> demonitor(Ref, [flush]); {'DOWN', Ref, _, _, _} -> ok end || Ref <- Refs],
    ok.

works(Refs) ->
    receive
        {sync, From, Ref} -> From ! {synced, Ref}, works(Refs);
        {do, From, Place, Order, Pids} ->
            {Came, Now} =
                try act(Order, Place, Pids, Refs) of
                    {new, Ref} -> {ok, Refs ++ [Ref]};
                    What -> {What, Refs}
                catch error:Error -> {Error, Refs}
                end,
            From ! {came, Place, Came},
            works(Now)
    end.

act([trap, On], _, _, _) -> process_flag(trap_exit, On), ok;
act([link, Whom], _, Pids, _) -> link(maps:get(Whom, Pids)), ok;
act([unlink, Whom], _, Pids, _) -> unlink(maps:get(Whom, Pids)), ok;
act([monitor, Whom], _, Pids, _) -> {new, monitor(process, maps:get(Whom, Pids))};
act([monitor_name, Name, Node], _, _, _) -> {new, monitor(process, {Name, far(Node)})};
act([demonitor, N, _], _, _, Refs) when N >= length(Refs) -> none;
act([demonitor, N, Flush], _, _, Refs) -> demonitor(lists:nth(N + 1, Refs), [flush || Flush]), ok;
act([send, Whom], Place, Pids, _) -> maps:get(Whom, Pids) ! Place, ok;
act([send_name, Name, Node], Place, _, _) -> {Name, far(Node)} ! Place, ok;
act([send_noconnect, Whom], Place, Pids, _) -> erlang:send(maps:get(Whom, Pids), Place, [noconnect]);
act([exit, Whom, Why], _, Pids, _) -> exit(maps:get(Whom, Pids), Why), ok;
act([leave, Why], _, _, _) -> exit(Why);
act([raise], _, _, _) -> exit({boom, [{actor, act, 4, []}]});
act([monitor_node, Node], _, _, _) -> monitor_node(far(Node), true), ok;
act([monitor_nodes], _, _, _) -> net_kernel:monitor_nodes(true, [nodedown_reason]), ok;
act([disconnect, Node], _, _, _) -> erlang:disconnect_node(far(Node));
act([connect, Node], _, _, _) -> net_kernel:connect_node(far(Node));
act([nodes, Kind], _, _, _) -> lists:sort([near(Node) || Node <- nodes(Kind)]);
act([is_alive, Whom], _, Pids, _) -> is_process_alive(maps:get(Whom, Pids));
act([stream, Whom, Count, Helper], _, Pids, _) -> stream(maps:get(Whom, Pids), Count, Helper, Pids), ok;
act([judge], _, _, _) -> judge(0, 0, 0, 0);
act([spawn, Node], _, _, _) -> monitor(process, spawn(far(Node), erlang, node, [])), ok;
act([spawn_link, Node], _, _, _) -> spawn_link(far(Node), erlang, node, []), ok;
act([spawn_monitor, Node], _, _, _) -> spawn_monitor(far(Node), erlang, node, []), ok;
act([take], _, Pids, _) ->
    receive Message when is_integer(Message); element(1, Message) =/= do, element(1, Message) =/= sync ->
        plain(Message, Pids)
    after 0 -> none
    end.

%% Send 1 to Count, one in 100 microseconds or so; in the middle the connection is closed, here or by a helper there.
stream(To, Count, Helper, Pids) ->
    [begin
         To ! {stream, N},
         pause(erlang:monotonic_time(microsecond) + 100),
         case {N, Helper} of
             {Half, here} when Half =:= Count div 2 -> erlang:disconnect_node(node(To));
             {Half, _} when Half =:= Count div 2 ->
                 Pid = maps:get(Helper, Pids),
                 Pid ! {do, {keeper, node(Pid)}, 0, [disconnect, near(node())], Pids};
             _ -> ok
         end
     end || N <- lists:seq(1, Count)].

pause(Until) -> erlang:monotonic_time(microsecond) >= Until orelse pause(Until).

%% Take the stream: [numbers out of order or doubled, gaps, numbers lost, the last number].
judge(Last, Wrong, Gaps, Lost) ->
    receive
        {stream, N} when N =< Last -> judge(Last, Wrong + 1, Gaps, Lost);
        {stream, N} when N =:= Last + 1 -> judge(N, Wrong, Gaps, Lost);
        {stream, N} -> judge(N, Wrong, Gaps + 1, Lost + N - Last - 1)
    after 0 -> [Wrong, Gaps, Lost, Last]
    end.

far(Node) -> list_to_atom(atom_to_list(Node) ++ "@localhost").
near(Node) -> list_to_atom(hd(string:split(atom_to_list(Node), "@"))).

plain({'EXIT', Pid, Why}, Pids) -> [exit, named(Pid, Pids), plain(Why)];
plain({'DOWN', _, process, About, Why}, Pids) -> [down, named(About, Pids), plain(Why)];
plain({nodeup, Node, _}, _) -> [nodeup, near(Node)];
plain({nodedown, Node}, _) -> [nodedown, near(Node)];
plain({nodedown, Node, [{nodedown_reason, Why}]}, _) -> [nodedown, near(Node), plain(Why)];
plain(Message, _) -> plain(Message).

plain(Why) when is_atom(Why); is_integer(Why) -> Why;
plain({_, [_ | _]}) -> error.

named({Name, _}, _) -> list_to_atom("name " ++ atom_to_list(Name));
named(Pid, Pids) -> hd([Name || {Name, One} <- maps:to_list(Pids), One =:= Pid] ++ [pid]).
