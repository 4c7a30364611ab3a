create or replace function notification.delivery_claim(p_max integer,
        p_lease interval, p_public_url text)
    returns table (id uuid, recipient text, name text, language text,
        store text, reply_to text, subject text, "text" text, html text,
        data jsonb, tries integer)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
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
    )
    select d.id, d.recipient, d.name, d.language, s.name, s.email, t.subject,
           t.text, t.html, d.data || notification.brand(s, p_public_url)
           || jsonb_build_object('link',
                  notification.base(s.id, p_public_url) || (d.data ->> 'path'))
           || case when d.data ? 'unsubscribe' then jsonb_build_object(
                  'unsubscribe', notification.base(s.id, p_public_url)
                      || '/api/v1/mails/' || d.id || '/unsubscribe')
              else '{}' end,
           d.tries
    from taken d
    left join store.store s on s.id = d.store_id
    left join lateral (
        select m.subject, m.text, m.html from notification.template m
        where m.name = d.template and m.language = d.language
            and (m.store_id is null or m.store_id = d.store_id)
        order by m.store_id is null limit 1) as t on true
    order by d.created_at;
end
$$;

comment on function notification.delivery_claim is
    'takes mails that are due, for as long as the lease; committed before the'
    ' first is sent; no subject: its template is gone';
