%% The table of chapter 4: restarts when a clerk leaves its supervisor.
%% Run it:  escript restarts.erl
-module(restarts).
-mode(compile).
-export([main/1, init/1, clerk/0, slow/1, stubborn/1]).

main(_) ->
    logger:set_primary_config(level, none),
    Runs = [{Name, run(Row)} || {Name, Row} <- rows()],
    [came(Name, Ref) || {Name, Ref} <- Runs].

%% Each row runs in its own process, which starts the supervisor. All at once.
run(Row) ->
    {_, Ref} = spawn_monitor(fun() ->
        process_flag(trap_exit, true), exit({row, Row()}) end),
    Ref.

came(Name, Ref) ->
    receive
        {'DOWN', Ref, _, _, {row, Came}} -> io:format("~-36s ~s~n", [Name, Came]);
        {'DOWN', Ref, _, _, Why} -> io:format("~s: ~p~n", [Name, Why])
    end.

rows() ->
    [{lists:concat([Type, '_', Cause, '_', Strategy]),
      fun() -> one_leaves(Type, Strategy, Cause) end}
     || Type <- [permanent, transient, temporary],
        Cause <- [normal, shutdown, crash, kill],
        Strategy <- [one_for_one, rest_for_one, one_for_all]] ++
    [{temporary_bystander, fun() ->
         {Sup, Before} = shop(one_for_all, clerks(#{c => temporary})),
         leaves(Before, b, crash), found(Sup, Before) end},
     {one_for_all_wakes_one_gone_home, fun() ->
         {Sup, Before} = shop(one_for_all, clerks(#{a => transient})),
         leaves(Before, a, normal), Now = there(Sup),
         leaves(Now, b, crash), found(Sup, Now) end},
     {one_for_all_starts_one_stopped, fun() -> stopped(one_for_all) end},
     {rest_for_one_leaves_one_stopped, fun() -> stopped(rest_for_one) end},
     {two_at_once_one_for_one, fun() -> at_once(one_for_one, [a, b]) end},
     {two_at_once_one_for_all, fun() -> at_once(one_for_all, [a, b]) end},
     {two_at_once_earlier_first, fun() -> at_once(rest_for_one, [a, b]) end},
     {two_at_once_later_first, fun() -> at_once(rest_for_one, [b, a]) end},
     {two_goodbyes, fun() ->
         {Sup, Before} = shop(one_for_one, clerks(#{})),
         leaves(Before, b, normal), Now = there(Sup),
         leaves(Now, b, normal), found(Sup, Now) end},
     {one_window_for_all, fun() ->
         {Sup, Before} = shop(one_for_one, clerks(#{})),
         leaves(Before, a, crash), leaves(Before, b, crash),
         found(Sup, Before) end},
     {start_fails_for_ever, fun() ->
         Child = child(b, {stubborn, [self()]}, permanent),
         {Sup, Before} = shop(#{intensity => 3}, [Child]),
         leaves(Before, b, crash), "gives up" = found(Sup, Before),
         io_lib:format("~b times", [tries() - 1]) end},
     {permanent_supervisor_gives_up, fun() -> below(permanent) end},
     {transient_supervisor_gives_up, fun() -> below(transient) end},
     {temporary_supervisor_gives_up, fun() -> below(temporary) end},
     {crashes_1850_ms_apart, fun() -> crashes(20, 1850) end},
     {crashes_1180_ms_apart, fun() -> crashes(850, 1180) end},
     {closing_one_after_the_other, fun() ->
         Took = lists:min([closing() || _ <- [1, 2, 3]]),    % late, never early
         io_lib:format("~.1f s", [Took div 100000 / 10]) end},
     {two_levels_of_intensity_3, fun() ->
         Flags = #{intensity => 3, period => 60},
         Sub = sub(permanent, Flags, [child(leaf, {clerk, []}, permanent)]),
         {Sup, _} = shop(Flags, [Sub]),
         io_lib:format("~b crashes", [fell(Sup, 0)]) end}].

one_leaves(Type, Strategy, Cause) ->
    {Sup, Before} = shop(Strategy, clerks(#{b => Type})),
    leaves(Before, b, Cause),
    found(Sup, Before).

stopped(Strategy) ->
    {Sup, _} = shop(Strategy, clerks(#{})),
    ok = supervisor:terminate_child(Sup, a),
    Now = there(Sup),
    leaves(Now, b, crash),
    found(Sup, Now).

%% The supervisor is held still while two of its children die.
at_once(Strategy, Ids) ->
    {Sup, Before} = shop(Strategy, clerks(#{})),
    erlang:suspend_process(Sup),
    [leaves(Before, Id, kill) || Id <- Ids],
    erlang:resume_process(Sup),
    found(Sup, Before).

below(Type) ->
    Sub = sub(Type, #{intensity => 0}, [child(leaf, {clerk, []}, permanent)]),
    {Sup, Before} = shop(#{}, [Sub]),
    leaves(there(pid(Before, sub)), leaf, crash),
    found(Sup, Before).

%% Intensity 1 in 1 s; the first crash so long after the tick of a second. A
%% busy machine may be late for a second: then once more.
crashes(After, Apart) ->
    {Sup, Before} = shop(#{period => 1}, clerks(#{})),
    tick(erlang:monotonic_time(1)), timer:sleep(After),
    First = second(fun() -> leaves(Before, b, crash) end), Now = there(Sup),
    timer:sleep(Apart - 50),
    Last = second(fun() -> leaves(Now, b, crash) end),
    case {First, Last} of
        {F, L} when L - F =:= (After + Apart) div 1000 -> found(Sup, Now);
        _ -> crashes(After, Apart)
    end.

second(Fun) ->
    Second = erlang:monotonic_time(1), Fun(),
    case erlang:monotonic_time(1) of Second -> Second; _ -> late end.

tick(Second) ->
    case erlang:monotonic_time(1) of
        Second -> timer:sleep(1), tick(Second);
        _ -> ok
    end.

fell(Sup, Crashes) ->
    case is_process_alive(Sup) of
        true -> leaves(there(pid(there(Sup), sub)), leaf, crash),
                fell(Sup, Crashes + 1);
        false -> Crashes
    end.

closing() ->
    Last = [(child(Id, {slow, [Takes]}, permanent))#{shutdown => 500}
            || {Id, Takes} <- [{c, 99000}, {d, 300}, {e, 300}]],
    {Sup, _} = shop(#{}, [child(b, {clerk, []}, permanent) | Last]),
    {Took, _} = timer:tc(fun() ->
        exit(Sup, shutdown), receive {'EXIT', Sup, shutdown} -> ok end end),
    Took.

tries() -> receive tried -> 1 + tries() after 0 -> 0 end.

%% A shop is its supervisor and its children: [{Id, Pid or undefined}].
shop(Strategy, Children) when is_atom(Strategy) ->
    shop(#{strategy => Strategy}, Children);
shop(Flags, Children) ->
    {ok, Sup} = supervisor:start_link(?MODULE, {Flags, Children}),
    {Sup, there(Sup)}.

init(What) -> {ok, What}.

there(Sup) ->
    Children = supervisor:which_children(Sup),
    lists:reverse([{Id, Pid} || {Id, Pid, _, _} <- Children]).

clerks(Types) ->
    [child(Id, {clerk, []}, maps:get(Id, Types, permanent)) || Id <- [a, b, c]].

child(Id, {Start, Args}, Restart) ->
    #{id => Id, start => {?MODULE, Start, Args}, restart => Restart}.

sub(Type, Flags, Children) ->
    #{id => sub, start => {supervisor, start_link, [?MODULE, {Flags, Children}]},
      restart => Type, type => supervisor}.

pid(There, Id) -> proplists:get_value(Id, There).

%% Send a clerk away, and wait until all has settled.
leaves(There, Id, kill) -> exit(pid(There, Id), kill), timer:sleep(50);
leaves(There, Id, Cause) -> pid(There, Id) ! Cause, timer:sleep(50).

%% Three ways to be a clerk.
clerk() -> {ok, spawn_link(fun() -> receive Cause -> exit(Cause) end end)}.

slow(Takes) ->
    {ok, spawn_link(fun() ->
        process_flag(trap_exit, true),
        receive {'EXIT', _, Why} -> timer:sleep(Takes), exit(Why) end end)}.

stubborn(Home) ->                         % can be started once
    Home ! tried,
    case put(started, true) of undefined -> clerk(); true -> {error, no_eggs} end.

%% The children that are new, down or forgotten since Before.
found(Sup, Before) ->
    timer:sleep(50),
    case is_process_alive(Sup) of
        false -> "gives up";
        true -> words(Before, there(Sup))
    end.

words(Before, Now) ->
    Other = [{Id, Pid} || {Id, Pid} <- Now, Pid =/= pid(Before, Id)],
    Kinds = [{[Id || {Id, Pid} <- Other, is_pid(Pid)], " new"},
             {[Id || {Id, undefined} <- Other], " down"},
             {[Id || {Id, _} <- Before, pid(Now, Id) =:= undefined,
                     not lists:keymember(Id, 1, Now)], " gone"}],
    lists:join("; ", [lists:join(", ", [atom_to_list(Id) || Id <- Ids]) ++ Kind
                      || {Ids, Kind} <- Kinds, Ids =/= []]).
