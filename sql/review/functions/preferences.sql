create or replace function review.preferences(store bigint, actor uuid)
    returns table (body text)
    language sql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
    select json_build_object('request_mails', not exists (
        select from review.silence s
        where s.user_id = actor and s.store_id = store))::text
$$;

comment on function review.preferences is
    'GET /reviews/preferences: whether an account is asked for reviews';
