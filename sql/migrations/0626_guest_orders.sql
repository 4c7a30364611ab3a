-- Orders of guests by their address, for the export and erasure of whoever has
-- it.

create index orders_guest on "order".orders using hash (lower(email))
    where user_id is null and email is not null;
