#!/usr/bin/env escript
%%! +S 1 +sbwt none
%% A caller that tries again at once after a crash, a hundred times: prints what its second call came to, one a line.
-mode(compile).
-export([init/1, start_link/0, handle_call/3, handle_cast/2]).

main(_) ->
    logger:set_primary_config(level, none),
    {ok, _} = supervisor:start_link(?MODULE, top),
    [io:put_chars([atom_to_list(again()), "\n"]) || _ <- lists:seq(1, 100)].

again() ->
    {crash, _} = ended(catch gen_server:call(shop, crash)),
    Met = case ended(catch gen_server:call(shop, count)) of
        {noproc, _} -> noproc;
        12 -> answered;
        _ -> other
    end,
    wait(),
    Met.

ended({'EXIT', {Why, _} = Reason}) when is_atom(Why) -> Reason;
ended({'EXIT', {{Why, _}, _}}) -> {Why, []};
ended(Answer) -> Answer.

%% Sleeping gives the caller a whole turn for its next two calls: at the end of one it is interrupted between them.
wait() -> timer:sleep(1), whereis(shop) =/= undefined orelse wait().

start_link() -> gen_server:start_link({local, shop}, ?MODULE, server, []).

init(top) ->
    Flags = #{strategy => one_for_one, intensity => 1000, period => 1},
    {ok, {Flags, [#{id => shop, start => {?MODULE, start_link, []}}]}};
init(server) -> {ok, 12}.

handle_call(crash, _, _) -> exit(crash);
handle_call(count, _, Eggs) -> {reply, Eggs, Eggs}.

handle_cast(_, Eggs) -> {noreply, Eggs}.
