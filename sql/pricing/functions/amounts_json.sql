create or replace function pricing.amounts_json(p_amounts jsonb)
    returns jsonb
    language sql stable
as $$
    select coalesce(jsonb_agg(api.money(a.value::bigint, a.key)
                              order by a.key), '[]')
    from jsonb_each_text(p_amounts) as a
$$;

comment on function pricing.amounts_json is
    'amounts by currency as an array of Money';
