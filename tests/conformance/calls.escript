#!/usr/bin/env escript
%%! +S 1 +sbwt none
%% Plays scenarios of calls (letitcrash/scenario/calls.py) on Erlang/OTP, all at once, and prints what everybody heard:
%% one JSON array a line, [Number, Second, Who, What, Detail]. The argument is a file of Erlang terms (see otp.py).
-mode(compile).
-behaviour(gen_server).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

main([File]) ->
    logger:set_primary_config(level, none),
    {ok, Scenarios} = file:consult(File),
    Base = erlang:monotonic_time(millisecond) + 500,
    Numbered = lists:zip(lists:seq(0, length(Scenarios) - 1), Scenarios),
    Running = [{N, spawn_monitor(fun() -> exit({rows, scenario(N, S, Base)}) end)} || {N, S} <- Numbered],
    [receive {'DOWN', Ref, process, _, {rows, Rows}} ->
         [io:put_chars([json([N | Row]), "\n"]) || Row <- Rows];
             {'DOWN', Ref, process, _, Why} ->
         io:put_chars(standard_error, io_lib:format("scenario ~p failed: ~p~n", [N, Why])), halt(1)
     end || {N, {_, Ref}} <- Running],
    ok.

%% One scenario: this process keeps the log. Everybody has a name of their own in it.
scenario(N, #{script := Script, until := Until} = Scenario, Base) ->
    Me = #{n => N, log => self(), base => Base},
    People = lists:usort([Who || [_, Who | _] <- Script, Who =/= street, Who =/= parent]),
    Steps = fun(Who) -> [Step || [_, Each | _] = Step <- Script, Each =:= Who] end,
    spawn(fun() -> parent(Me, maps:get(traps, Scenario, false), maps:get(first, Scenario, null), Steps(parent)) end),
    [spawn(fun() -> register(name(N, Who), self()), person(Me, Who, Steps(Who), nobody) end) || Who <- People],
    spawn(fun() -> [begin until(Me, At), street(name(N, shop), What) end || [At, street | What] <- Script] end),
    erlang:send_after(Base + round(Until * 1000), self(), over, [{abs, true}]),
    log(Base, []).

name(N, Who) -> list_to_atom(atom_to_list(Who) ++ "_" ++ integer_to_list(N)).

log(Base, Rows) ->
    receive
        over -> lists:reverse(Rows);
        {row, Who, What, Detail} -> log(Base, [row(Base, Who, What, Detail) | Rows]);
        {watch, From, Pid} -> monitor(process, Pid), From ! watching, log(Base, Rows);
        {'DOWN', _, process, _, Why} -> log(Base, [row(Base, shop, exits, Why) | Rows])
    end.

row(Base, Who, What, Detail) -> [(erlang:monotonic_time(millisecond) - Base) / 1000, Who, What, plain(Detail)].

plain({'DOWN', _, process, _, Why}) -> [down, Why];
plain({'EXIT', _, Why}) -> [exit, Why];
plain({Ref, Answer}) when is_reference(Ref) -> [answer, Answer];
plain(Items) when is_list(Items) -> [plain(Item) || Item <- Items];
plain(Other) -> Other.

until(#{base := Base}, Seconds) ->
    erlang:send_after(Base + round(Seconds * 1000), self(), now, [{abs, true}]),
    receive now -> ok end.

parent(#{n := N, log := Log} = Me, Traps, First, Steps) ->
    process_flag(trap_exit, true),
    until(Me, 0),
    {ok, Pid} = gen_server:start_link({local, name(N, shop)}, ?MODULE, {Log, Traps, First}, []),
    Log ! {watch, self(), Pid},
    receive watching -> ok end,
    person(Me, parent, Steps, Pid),
    receive never -> ok end.

person(_, _, [], _) -> ok;
person(#{n := N, log := Log} = Me, Who, [[At, _ | Step] | Steps], Before) ->
    until(Me, At),
    Shop = case whereis(name(N, shop)) of undefined -> Before; Pid -> Pid end,
    case Step of
        [call, Request | How] -> asks(Me, Who, Request, How, Shop);
        [cast, Message] -> gen_server:cast(name(N, shop), Message);
        [tell, Whom, Message] -> name(N, Whom) ! Message;
        [answer, Whom, Value] -> name(N, Whom) ! {make_ref(), Value};
        [watch, Whom] -> monitor(process, name(N, Whom));
        [exit, Why] -> exit(Shop, Why);
        [look] -> {messages, Found} = process_info(self(), messages), Log ! {row, Who, finds, Found}
    end,
    person(Me, Who, Steps, Shop).

asks(#{n := N, log := Log}, Who, Request, How, Shop) ->
    Whom = case How of
        [_, 'its pid'] -> Shop;
        [_, Name] -> name(N, Name);
        _ -> name(N, shop)
    end,
    {What, Detail} =
        try case How of
                [] -> gen_server:call(Whom, Request);
                [null | _] -> gen_server:call(Whom, Request, infinity);
                [Seconds | _] -> gen_server:call(Whom, Request, round(Seconds * 1000))
            end
        of Value -> {gets, Value}
        catch exit:{Why, _} -> {fails, Why}
        end,
    Log ! {row, Who, What, Detail}.

street(Shop, [kill]) -> exit(whereis(Shop), kill);
street(Shop, [stop, Why]) -> spawn(fun() -> gen_server:stop(Shop, Why, infinity) end).

%% The server that does as it is told. Its state is the log.
init({Log, Traps, First}) ->
    process_flag(trap_exit, Traps),
    case First of
        null -> {ok, Log};
        ['after', Seconds] -> {ok, Log, round(Seconds * 1000)}
    end.

handle_call(Request, From, Log) -> Log ! {row, shop, call, Request}, act(Request, From, Log).

act([answer, Value], _, Log) -> {reply, Value, Log};
act([sleep, Seconds, Then], From, Log) -> timer:sleep(round(Seconds * 1000)), act(Then, From, Log);
act([later, Seconds, Value], From, Log) ->
    erlang:send_after(round(Seconds * 1000), self(), {answer_later, From, Value}), {noreply, Log};
act([never], _, Log) -> {noreply, Log};
act(['after', Seconds, Value], _, Log) -> {reply, Value, Log, round(Seconds * 1000)};
act([stop, Why, Value], _, Log) -> {stop, Why, Value, Log};
act(Message, _, Log) -> act(Message, Log).

act(['after', Seconds], Log) -> {noreply, Log, round(Seconds * 1000)};
act([stop, Why], Log) -> {stop, Why, Log};
act([exit, Why], _) -> exit(Why);
act(_, Log) -> {noreply, Log}.

handle_cast(Message, Log) -> Log ! {row, shop, cast, Message}, act(Message, Log).

handle_info({answer_later, From, Value}, Log) -> gen_server:reply(From, Value), {noreply, Log};
handle_info(Message, Log) -> Log ! {row, shop, info, Message}, act(Message, Log).

terminate(Why, Log) -> Log ! {row, shop, terminate, Why}.

%% JSON, as much of it as is needed here.
json(Items) when is_list(Items) -> [$[, lists:join($,, [json(Item) || Item <- Items]), $]];
json(Word) when Word =:= null; Word =:= true; Word =:= false -> atom_to_list(Word);
json(Atom) when is_atom(Atom) -> [$", atom_to_list(Atom), $"];
json(Number) when is_integer(Number) -> integer_to_list(Number);
json(Number) when is_float(Number) -> io_lib:format("~.3f", [Number]);
json(Other) -> json(list_to_atom(lists:flatten(io_lib:format("~p", [Other])))).
