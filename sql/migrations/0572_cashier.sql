-- Who held a till: found when an account is erased.

create index orders_cashier on "order".orders (cashier)
    where cashier is not null;
