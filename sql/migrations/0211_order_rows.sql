-- What an order takes carries what is written of it.

alter type "order".taken
    add attribute order_id uuid,
    add attribute user_id uuid,
    add attribute expires_at timestamptz;

drop function if exists "order".write("order".placing[], "order".taken[]);
drop function if exists "order".reserve("order".placing[], "order".taken[]);
