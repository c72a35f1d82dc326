%% Fifty customers want one price in the same instant, and the shelf has none.
%% Run it:  escript the_butcher_knows_you.erl
-module(the_butcher_knows_you).
-mode(compile).
-export([main/1]).

-define(CUSTOMERS, 50).
-define(LOOK_UP, 50).     % milliseconds that the office needs for a price

main(_) ->
    [io:format("~-16s ~2w questions to the office, ~w customers have a price~n",
               [Name | morning(How)])
     || {Name, How} <- [{"everybody asks:", fun ask_office/3},
                        {"one asks:", fun ask_shelf/3}]].

morning(How) ->
    Prices = ets:new(prices, [public, {read_concurrency, true}]),
    Office = spawn_link(fun() -> office(0) end),
    Shelf = spawn_link(fun() -> shelf(Prices, Office, #{}) end),
    Street = self(),
    Buy = fun() -> Street ! {has, price(Prices, lamb, Office, Shelf, How)} end,
    [spawn_link(Buy) || _ <- lists:seq(1, ?CUSTOMERS)],
    Have = [receive {has, Price} -> Price end || _ <- lists:seq(1, ?CUSTOMERS)],
    Office ! {how_often, self()},
    [receive {often, N} -> N end, length([12 || 12 <- Have])].

%% A customer reads the table of prices itself: that asks no process at all.
price(Prices, Cut, Office, Shelf, How) ->
    case ets:lookup(Prices, Cut) of
        [{Cut, Price}] -> Price;
        [] -> How(Cut, {Prices, Office}, Shelf)
    end.

ask_office(Cut, {Prices, Office}, _Shelf) ->
    Price = ask(Office, Cut),
    ets:insert(Prices, {Cut, Price}),
    Price.

ask_shelf(Cut, _, Shelf) -> ask(Shelf, Cut).

%% The first question for a cut is sent on, by a process of its own. Those who
%% come later join the first, and all are told when the answer is there.
shelf(Prices, Office, Waiting) ->
    receive
        {price, Cut, Who} when is_map_key(Cut, Waiting) ->
            #{Cut := Others} = Waiting,
            shelf(Prices, Office, Waiting#{Cut := [Who | Others]});
        {price, Cut, Who} ->
            Me = self(),
            spawn_link(fun() -> Me ! {fetched, Cut, ask(Office, Cut)} end),
            shelf(Prices, Office, Waiting#{Cut => [Who]});
        {fetched, Cut, Price} ->
            {All, Rest} = maps:take(Cut, Waiting),
            ets:insert(Prices, {Cut, Price}),
            [Who ! {price, Cut, Price} || Who <- All],
            shelf(Prices, Office, Rest)
    end.

ask(Server, Cut) ->
    Server ! {price, Cut, self()},
    receive {price, Cut, Price} -> Price end.

office(Asked) ->
    receive
        {price, Cut, Who} ->
            timer:sleep(?LOOK_UP),
            Who ! {price, Cut, 12},
            office(Asked + 1);
        {how_often, Who} ->
            Who ! {often, Asked}
    end.
