create or replace function notification.base(store bigint, public_url text)
    returns text
    language plpgsql stable
as $$
#variable_conflict use_column
begin
    return (
        select coalesce(u.scheme || coalesce(own.host, u.host) || u.port,
                        rtrim(public_url, '/'))
        from (select substring(base.public_url from '^(https?://)') as scheme,
                     lower(substring(base.public_url
                         from '^https?://(\[[^]]*\]|[^:/]*)')) as host,
                     coalesce(substring(base.public_url
                         from '^https?://(?:\[[^]]*\]|[^:/]*)(:[0-9]+)'), '')
                         as port) as u
        left join store.store s on s.id = base.store
        left join lateral (
            select h.host from store.host h
            where h.store_id = base.store and not s.is_default
            order by h.host <> u.host, h.host limit 1) as own on true
    );
end
$$;

comment on function notification.base is
    'where links of a store lead: scheme and port are the installation''s,'
    ' the host is its own; the default store''s is the installation''s';
