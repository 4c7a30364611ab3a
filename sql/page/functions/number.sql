create or replace function page.number(value text)
    returns bigint
    language sql immutable
as $$
    select case when value ~ '^[0-9]{1,11}$' then value::bigint end
$$;

comment on function page.number is
    'an amount out of an address; what is none counts as absent';
