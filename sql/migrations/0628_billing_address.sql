-- The address that is billed may be another than the one that is shipped to.

alter table identity.address
    add is_default_billing boolean not null default false;

create unique index address_one_default_billing on identity.address (user_id)
    where is_default_billing;

comment on column identity.address.is_default is
    'where orders go unless another is chosen';
comment on column identity.address.is_default_billing is
    'who is billed unless another is chosen; no such address: the default one';
