-- cart.answers() answers for several carts at once.
drop function if exists cart.answer(jsonb, bigint, bigint, text);
