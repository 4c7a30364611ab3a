create or replace function identity.outside_ended(issuer text, kind text,
        id text)
    returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select from identity.outside_state o
        where o.issuer = outside_ended.issuer
            and o.kind = outside_ended.kind and o.id = outside_ended.id
            and o.state <> 'good')
$$;

comment on function identity.outside_ended is
    'whether the issuer has told that it is over with a person or a session';
