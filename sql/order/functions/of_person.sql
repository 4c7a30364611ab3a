create or replace function "order".of_person(p_user uuid)
    returns setof uuid
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select o.id
    from "order".orders o
    where o.user_id = p_user
    union all
    select o.id
    from identity.account a
    join "order".orders o on lower(o.email) = a.email
        and o.user_id is null and o.email is not null
    where a.id = p_user and a.email_verified_at is not null
$$;

comment on function "order".of_person is
    'orders of an account, and those that were placed as a guest under its'
    ' address, once that is verified';
