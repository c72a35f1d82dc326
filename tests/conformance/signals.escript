#!/usr/bin/env escript
%%! +S 1 +sbwt none
%% Plays scripts of signals (signals.py) on Erlang/OTP, one after the other, and prints what came of each step and of
%% each process: one JSON array a line, [Number, Place, What, Detail]. The argument is a file of Erlang terms (otp.py).
%% One scheduler, and a look at everybody after each step: so all signals of a step have arrived before the next.
-mode(compile).

main([File]) ->
    logger:set_primary_config(level, none),
    {ok, Scripts} = file:consult(File),
    [[io:put_chars([json([N | Row]), "\n"]) || Row <- play(Steps)]
     || {N, #{script := Steps}} <- lists:zip(lists:seq(0, length(Scripts) - 1), Scripts)].

play(Steps) ->
    Home = self(),
    Pids = [spawn(fun() -> works(Home, []) end) || _ <- [0, 1, 2]],
    Refs = [monitor(process, Pid) || Pid <- Pids],
    [Pid ! {pids, Pids} || Pid <- Pids],
    Came = [step(Place, Step, Pids) || {Place, Step} <- lists:zip(lists:seq(1, length(Steps)), Steps)],
    Left = [[I, left, end_of(Pid, Ref, Pids)] || {I, Pid, Ref} <- lists:zip3([0, 1, 2], Pids, Refs)],
    [exit(Pid, kill) || Pid <- Pids],
    [catch unregister(Name) || Name <- [a, b]],
    Came ++ Left.

step(Place, [Who | Order], Pids) ->
    Pid = lists:nth(Who + 1, Pids),
    {Dead, Ref} = {not is_process_alive(Pid), monitor(process, Pid)},
    Pid ! {do, Place, Order},
    Came = receive
        {came, Place, What} -> What;
        {'DOWN', Ref, _, _, Why} when not Dead -> [exits, Why];
        {'DOWN', Ref, _, _, _} -> dead
    end,
    demonitor(Ref, [flush]),
    [is_process_alive(Each) || _ <- [1, 2, 3, 4], Each <- Pids],
    [Place, came, Came].

end_of(Pid, Ref, Pids) ->
    case process_info(Pid, messages) of
        {messages, Messages} -> [plain(Message, Pids) || Message <- Messages];
        undefined -> receive {'DOWN', Ref, _, _, Why} -> [exits, Why] end
    end.

%% One of the three. It remembers the references of its monitors and aliases, in order.
works(Home, Refs) ->
    receive {pids, Pids} -> works(Home, Pids, Refs) end.
works(Home, Pids, Refs) ->
    receive {do, Place, Order} ->
        {Came, Now} =
            try act(Order, Place, Pids, Refs) of
                {new, Ref} -> {ok, Refs ++ [Ref]};
                What -> {What, Refs}
            catch error:Error -> {Error, Refs}
            end,
        Home ! {came, Place, Came},
        works(Home, Pids, Now)
    end.

act([trap, On], _, _, _) -> process_flag(trap_exit, On), ok;
act([link, I], _, Pids, _) -> link(pid(I, Pids)), ok;
act([unlink, I], _, Pids, _) -> unlink(pid(I, Pids)), ok;
act([monitor, I], _, Pids, _) -> {new, monitor(process, pid(I, Pids))};
act([monitor_alias, I], _, Pids, _) -> {new, monitor(process, pid(I, Pids), [{alias, demonitor}])};
act([monitor_name, Name], _, _, _) -> {new, monitor(process, Name)};
act([alias], _, _, _) -> {new, alias()};
act([Verb, N | _], _, _, Refs) when is_integer(N), N >= length(Refs), Verb =/= exit, Verb =/= send -> none;
act([demonitor, N, Flush], _, _, Refs) -> demonitor(lists:nth(N + 1, Refs), [flush || Flush]), ok;
act([unalias, N], _, _, Refs) -> unalias(lists:nth(N + 1, Refs));
act([send_ref, N], Place, _, Refs) -> lists:nth(N + 1, Refs) ! Place, ok;
act([exit, I, Why], _, Pids, _) -> exit(pid(I, Pids), Why), ok;
act([leave, Why], _, _, _) -> exit(Why);
act([send, I], Place, Pids, _) -> pid(I, Pids) ! Place, ok;
act([send_name, Name], Place, _, _) -> Name ! Place, ok;
act([register, Name, I], _, Pids, _) -> register(Name, pid(I, Pids)), ok;
act([unregister, Name], _, _, _) -> unregister(Name), ok;
act([whereis, Name], _, Pids, _) -> number(whereis(Name), Pids);
act([take], _, Pids, _) ->
    receive Message when is_integer(Message); element(1, Message) =/= do -> plain(Message, Pids)
    after 0 -> none
    end.

pid(I, Pids) -> lists:nth(I + 1, Pids).

number(Pid, Pids) when is_pid(Pid) -> length(lists:takewhile(fun(Each) -> Each =/= Pid end, Pids));
number({_, _}, _) -> name;
number(Nobody, _) -> Nobody.

plain({'EXIT', Pid, Why}, Pids) -> [exit, number(Pid, Pids), Why];
plain({'DOWN', _, process, Pid, Why}, Pids) -> [down, number(Pid, Pids), Why];
plain(Message, _) -> Message.

%% JSON, as much of it as is needed here.
json(Items) when is_list(Items) -> [$[, lists:join($,, [json(Item) || Item <- Items]), $]];
json(Number) when is_integer(Number) -> integer_to_list(Number);
json(Atom) -> [$", atom_to_list(Atom), $"].
