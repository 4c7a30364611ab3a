create or replace function identity.clean_outside(batch integer)
    returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    n bigint;
    total bigint;
begin
    delete from identity.outside_event e
    using (select v.issuer, v.event from identity.outside_event v
           where v.at < now() - interval '30 days' limit batch) as old
    where e.issuer = old.issuer and e.event = old.event;
    get diagnostics total = row_count;

    -- no token lives as long, and a ban lasts until it is lifted
    delete from identity.outside_state o
    using (select v.issuer, v.kind, v.id from identity.outside_state v
           where v.at < now() - interval '30 days' and v.state <> 'banned'
           limit batch) as old
    where o.issuer = old.issuer and o.kind = old.kind and o.id = old.id;
    get diagnostics n = row_count;
    return total + n;
end
$$;

comment on function identity.clean_outside is
    'forgets what outside issuers told a month ago';
