%% The table of chapter 3: exit signals, links, monitors and names.
%% Run it:  escript who_hears.erl
-module(who_hears).
-mode(compile).
-export([main/1]).

main(_) ->
    logger:set_primary_config(level, none),
    [run(Name, Row) || {Name, Row} <- rows()].

%% Each row runs in a process of its own, which is Ann.
run(Name, Row) ->
    {_, Ref} = spawn_monitor(fun() -> exit({row, Row()}) end),
    receive {'DOWN', Ref, _, _, {row, Came}} ->
        io:format("~-28s ~s~n", [Name, Came])
    end.

rows() ->
    [{normal_to_another, fun() -> hit(normal, false) end},
     {normal_to_a_trapper, fun() -> hit(normal, true) end},
     {normal_to_himself, fun() ->
         spawn_monitor(fun() -> exit(self(), normal), idle() end), fate() end},
     {normal_over_a_link, fun() -> cleo(normal), fate() end},
     {kill_to_a_trapper, fun() -> hit(kill, true) end},
     {killed_heard_by_a_trapper, fun() ->
         traps(), exit(spawn_link(fun idle/0), kill), fate() end},
     {own_kill_heard_by_a_trapper, fun() ->
         traps(), spawn_link(fun() -> exit(kill) end), fate() end},
     {own_kill_over_a_link, fun() -> cleo(kill), fate() end},
     {link_to_the_dead, fun() ->
         Bob = dead(), tried(fun() -> link(Bob) end) end},
     {trapper_links_to_the_dead, fun() ->
         Bob = dead(), traps(), tried(fun() -> link(Bob) end) end},
     {monitor_of_the_dead, fun() ->
         Bob = dead(), tried(fun() -> monitor(process, Bob) end) end},
     {monitor_of_an_unknown_name, fun() ->
         monitor(process, bob),
         receive
             {'DOWN', _, _, {bob, _}, noproc} -> "a DOWN about the name bob"
         end end},
     {monitor_elsewhere, fun() ->
         alive(),
         tried(fun() -> monitor(process, {bob, shop@localhost}) end) end},
     {monitored_twice, fun() ->
         {Bob, _} = spawn_monitor(fun idle/0),
         monitor(process, Bob), exit(Bob, kill), count() end},
     {linked_twice, fun() ->
         traps(), Bob = spawn_link(fun idle/0),
         link(Bob), exit(Bob, kill), count() end},
     {linked_twice_unlinked_once, fun() ->
         traps(), Bob = spawn_link(fun idle/0),
         link(Bob), unlink(Bob), exit(Bob, kill), count() end},
     {unlinked_too_late, fun() ->
         traps(), Bob = spawn_link(fun leaves/0),
         timer:sleep(50), unlink(Bob), left() end},
     {demonitored_too_late, fun() ->
         {_, Ref} = spawn_monitor(fun leaves/0),
         timer:sleep(50), demonitor(Ref), left() end},
     {demonitored_with_flush, fun() ->
         {_, Ref} = spawn_monitor(fun leaves/0),
         timer:sleep(50), demonitor(Ref, [flush]), left() end},
     {last_words, fun() ->
         Ann = self(), spawn_monitor(fun() -> Ann ! goodbye end),
         receive goodbye -> "the message"; {'DOWN', _, _, _, _} -> "the DOWN" end
         end},
     {name_at_the_down, fun() ->
         {_, Ref} = spawn_monitor(fun() -> register(bob, self()) end),
         receive {'DOWN', Ref, _, _, _} -> ok end,
         case whereis(bob) of undefined -> "free"; _ -> "still his" end end}].

%% Bob waits and passes on what he is sent. Cleo links to one that exits.
hit(Reason, Traps) ->
    Ann = self(),
    {Bob, _} = spawn_monitor(fun() ->
        process_flag(trap_exit, Traps), Ann ! ready,
        receive Message -> Ann ! Message end, idle() end),
    receive ready -> ok end,
    exit(Bob, Reason),
    fate().

cleo(Reason) ->
    spawn_monitor(fun() -> spawn_link(fun() -> exit(Reason) end), idle() end).

fate() ->
    receive
        {'DOWN', _, _, _, Reason} -> io_lib:format("exits: ~p", [Reason]);
        {'EXIT', _, Reason} -> io_lib:format("message: ~p", [Reason])
    after 100 -> "works on"
    end.

tried(Fun) ->
    try Fun() of _ ->
        receive
            {'DOWN', _, _, _, Reason} -> io_lib:format("a message: ~p", [Reason]);
            {'EXIT', _, Reason} -> io_lib:format("a message: ~p", [Reason])
        after 100 -> "nothing"
        end
    catch error:_ -> "an error in the caller"
    end.

dead() ->
    {Bob, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, _, _, _} -> Bob end.

count() -> count(0).
count(N) ->
    receive _ -> count(N + 1) after 100 -> integer_to_list(N) end.

left() ->
    receive _ -> "still in the mailbox" after 0 -> "gone" end.

%% Become a node, so that there can be others; none of them is called shop.
alive() ->
    os:cmd("epmd -daemon"),
    {ok, _} = net_kernel:start([list_to_atom("ann" ++ os:getpid()), shortnames]).

traps() -> process_flag(trap_exit, true).
leaves() -> exit(bye).
idle() -> receive never -> ok end.
