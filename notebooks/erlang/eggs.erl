%% Five customers are five processes. One of them drops eggs.
%% Run it:  escript eggs.erl
-module(eggs).
-mode(compile).
-export([main/1]).

main(_) ->
    Home = self(),
    Works = [30, 10, eggs, 20, 40],           % milliseconds at the till
    [spawn(fun() -> customer(N, Work, Home) end)
     || {N, Work} <- lists:zip(lists:seq(1, 5), Works)],
    [io:format("customer ~b: ~p~n", [N, news_of(N)]) || N <- lists:seq(1, 5)],
    fridge().

%% Work is milliseconds times one, and eggs are no number.
customer(Number, Work, Home) ->
    timer:sleep(Work * 1),
    Home ! {done, Number}.

%% Selective: messages that came before stay in the mailbox. Not for ever, either.
news_of(Number) ->
    receive {done, Number} -> served
    after 1000 -> silence
    end.

%% Milk, eggs, bread, eggs: take the eggs, then all that is there.
fridge() ->
    [self() ! Food || Food <- [milk, eggs, bread, eggs]],
    receive eggs -> io:format("took eggs, left ~p~n", [all_that_is_there()]) end.

all_that_is_there() ->
    receive Food -> [Food | all_that_is_there()]
    after 0 -> []                             % look once, do not wait
    end.
