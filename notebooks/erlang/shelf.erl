%% A shelf that can do all that a gen_server can do, and the ends of calls to it.
%% Run it:  escript shelf.erl
-module(shelf).
-mode(compile).
-behaviour(gen_server).
-export([main/1, init/1, handle_continue/2, handle_call/3, handle_cast/2,
         handle_info/2]).

%% The server. Its state: eggs, and a list of its deeds, newest first.

init(0) -> {stop, no_eggs};
init(Eggs) -> {ok, {Eggs, []}, {continue, "read the book"}}.

handle_continue(What, {Eggs, Said}) ->
    {noreply, {Eggs, [What | Said]}}.

handle_call(count, _From, {Eggs, _} = State) ->
    {reply, Eggs, State};
handle_call(look_for_long, _From, {Eggs, _} = State) ->
    timer:sleep(200),
    {reply, Eggs, State};
handle_call(boom, _From, _State) ->
    exit(boom);
handle_call(leave, _From, State) ->
    {stop, normal, State};                    % and no answer
handle_call(ask_yourself, _From, State) ->
    {reply, gen_server:call(self(), count), State};
handle_call(diary, _From, {_, Said} = State) ->
    {reply, lists:join(", ", lists:reverse(Said)), State}.

handle_cast(More, {Eggs, Said}) ->
    {noreply, {Eggs + More, [[integer_to_list(More), " more"] | Said]}, 50}.

handle_info(timeout, {Eggs, Said}) ->
    {noreply, {Eggs, ["time-out" | Said]}};
handle_info(Message, {Eggs, Said}) ->
    {noreply, {Eggs, [atom_to_list(Message) | Said]}}.

%% Ann, who calls. Her patience is a tenth of a second here.

main(_) ->
    logger:set_primary_config(level, none),
    process_flag(trap_exit, true),
    [io:format("~-22s ~s~n", [Name, Row()]) || {Name, Row} <- rows()].

rows() ->
    [{answered, fun() -> end_of(shelf(), count) end},
     {slow, fun() -> end_of(shelf(), look_for_long) end},
     {dead, fun() -> end_of(gone(), count) end},
     {dies_meanwhile, fun() -> end_of(shelf(), boom) end},
     {leaves_meanwhile, fun() -> end_of(shelf(), leave) end},
     {unknown, fun() -> end_of(shelf(), wine) end},
     {asks_itself, fun() -> end_of(shelf(), ask_yourself) end},
     {elsewhere, fun() -> end_of({shelf, 'shop@elsewhere'}, count) end},
     {cast_to_the_dead, fun() -> ok = gen_server:cast(gone(), 6), "goes on" end},
     {late_answer, fun() -> end_of(shelf(), look_for_long), left() end},
     {late_answer_before_24, fun() -> as_in_otp_23(shelf()), left() end},
     {init_stops, fun() -> failure(gen_server:start_link(?MODULE, 0, [])) end},
     {name_taken, fun() -> named(), failure(named()) end},
     {diary, fun() -> Shelf = shelf(), gen_server:cast(Shelf, 6),
         Shelf ! hello, timer:sleep(100), gen_server:call(Shelf, diary) end},
     {quiet, fun() -> Shelf = shelf(), gen_server:cast(Shelf, 6),
         timer:sleep(100), gen_server:call(Shelf, diary) end}].

shelf() -> {ok, Shelf} = gen_server:start(?MODULE, 12, []), Shelf.
named() -> gen_server:start({local, shelf}, ?MODULE, 12, []).
gone() -> Shelf = shelf(), end_of(Shelf, leave), Shelf.

end_of(Shelf, Request) ->
    try gen_server:call(Shelf, Request, 100) of _ -> "an answer"
    catch exit:{Reason, _} -> ["exits: ", word(Reason)]
    end.

%% The reason alone, without the request and the server.
word({Reason, _}) -> word(Reason);
word(Reason) -> atom_to_list(Reason).

failure({error, Reason}) -> ["fails: ", word(Reason)].

%% A call before there were aliases: its address stays open.
as_in_otp_23(Shelf) ->
    Ref = monitor(process, Shelf),
    Shelf ! {'$gen_call', {self(), Ref}, look_for_long},
    receive {Ref, Answer} -> Answer
    after 100 -> demonitor(Ref, [flush])
    end.

left() ->
    receive {_Ref, _Answer} -> "an answer" after 300 -> "nothing" end.
