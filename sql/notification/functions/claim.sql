create or replace function notification.claim(p_max integer,
        p_lease interval, p_public_url text)
    returns table (id uuid, recipient text, language text, store text,
        reply_to text, subject text, "text" text, html text, data jsonb,
        "order" text, tries integer)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = off
    set enable_mergejoin = off
    set enable_seqscan = off
as $$
#variable_conflict use_column
begin
    return query
    with taken as (
        update notification.delivery d
        set state = 'running', tries = d.tries + 1,
            next_at = now() + p_lease, updated_at = now()
        where d.id = any (array(
            select t.id from notification.delivery t
            where t.state in ('due', 'running') and t.next_at <= now()
            order by t.next_at limit p_max
            for update skip locked))
        returning d.*
    ), brand as materialized (
        -- a store, its templates and its addresses are looked up once
        select k.store_id, k.template, k.language, s.name, s.email, b.base,
               t.subject, t.text, t.html, jsonb_build_object(
                   'shop', s.name, 'email', s.email, 'home', b.base || '/',
                   'accent', coalesce(
                       substring(s.theme #>> '{colors,accent,light}'
                                 from '^#[0-9a-fA-F]{6}$'), '#1f2937')) as data
        from (select distinct d.store_id, d.template, d.language
              from taken d) as k
        left join store.store s on s.id = k.store_id
        cross join lateral notification.base(s.id, p_public_url) as b (base)
        left join lateral (
            select m.subject, m.text, m.html from notification.template m
            where m.name = k.template and m.language = k.language
                and (m.store_id is null or m.store_id = k.store_id)
            order by m.store_id is null limit 1) as t on true
    )
    select d.id, d.recipient, d.language, b.name, b.email, b.subject, b.text,
           b.html, d.data || b.data || jsonb_build_object(
               'link', b.base || (d.data ->> 'path'),
               'unsubscribe', case when d.data ? 'unsubscribe' then
                   b.base || '/api/v1/mails/' || d.id || '/unsubscribe' end),
           case when d.order_id is not null then
               notification.snapshot(d.order_id) end, d.tries
    from taken d
    join brand b on b.store_id = d.store_id and b.template = d.template
        and b.language = d.language
    order by d.created_at;
end
$$;

comment on function notification.claim is
    'takes mails that are due, for as long as the lease; committed before the'
    ' first is sent; no subject: its template is gone; order: what the worker'
    ' writes a mail about an order from';
