%% A thousand tills, ten thousand customers, and three ways to choose a till.
%% Nothing here waits for a clock, so every run prints the same three lines.
%% Run it:  escript two_stores_one_queue.erl
-module(two_stores_one_queue).
-mode(compile).
-export([main/1]).

-define(TILLS, 1000).
-define(MINUTES, 100).
-define(CUSTOMERS, 100).     % a minute

main(_) ->
    [io:format("~-24s longest line ~w~n", [Name, day(Rule)])
     || {Name, Rule} <- [{"a coin", fun coin/2},
                         {"the shorter of two", fun two/2},
                         {"a board, a minute old", fun board/2}]].

%% Everybody comes and nobody is served: all that counts is the choice.
day(Rule) ->
    rand:seed(exsss, 7),
    Tills = list_to_tuple([spawn_link(fun() -> till(0) end)
                           || _ <- lists:seq(1, ?TILLS)]),
    minutes(?MINUTES, Tills, Rule),
    lists:max(lines(Tills)).

%% The board is painted at the beginning of each minute: the till to go to.
minutes(0, _, _) -> ok;
minutes(N, Tills, Rule) ->
    {_, Best} = lists:min(lists:zip(lines(Tills), lists:seq(1, ?TILLS))),
    [element(Rule(Tills, Best), Tills) ! customer
     || _ <- lists:seq(1, ?CUSTOMERS)],
    minutes(N - 1, Tills, Rule).

coin(_, _) -> rand:uniform(?TILLS).
two(Tills, _) -> element(2, min(asked(Tills), asked(Tills))).
board(_, Best) -> Best.

asked(Tills) ->
    Number = rand:uniform(?TILLS),
    {line(element(Number, Tills)), Number}.

lines(Tills) -> [line(Till) || Till <- tuple_to_list(Tills)].

%% A till counts those in line, and says how many when asked.
till(Line) ->
    receive
        customer -> till(Line + 1);
        {line, Ref, Who} -> Who ! {Ref, Line}, till(Line)
    end.

line(Till) ->
    Ref = make_ref(),
    Till ! {line, Ref, self()},
    receive {Ref, Line} -> Line end.
