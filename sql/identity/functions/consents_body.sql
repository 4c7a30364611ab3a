create or replace function identity.consents_body(account uuid)
    returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('items', jsonb_agg(jsonb_build_object(
        'purpose', p.purpose,
        'granted', coalesce(c.granted, false),
        'at', api.time(c.at)) order by p.place))
    from unnest(array['marketing_email', 'personalization', 'analytics'])
        with ordinality as p (purpose, place)
    left join lateral (
        select d.granted, d.at from identity.consent d
        where d.user_id = account and d.purpose = p.purpose
        order by d.id desc limit 1) as c on true
$$;

comment on function identity.consents_body is
    'what an account has agreed to, and since when; at null: never asked';
