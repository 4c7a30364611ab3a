create or replace function cart.relieved(t cart.terms, p_relief text)
    returns cart.terms
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    at int;
begin
    -- what prices hold of a class is all of its taxes, not paid by anyone
    select coalesce(array_agg(distinct c), '{}') into t.net_classes
    from unnest(t.classes) as c;
    t.net_bases := '{}';
    for i in 1 .. cardinality(t.net_classes) loop
        at := array_position(t.classes, t.net_classes[i]);
        t.net_bases[i] := t.bases[at];
    end loop;
    for i in 1 .. cardinality(t.ways) loop
        t.amounts[i] := cart.net(t, t.way_classes[i], t.amounts[i]);
    end loop;

    t.classes := t.net_classes;
    t.rates := array_fill(0::numeric, array[cardinality(t.classes)]);
    t.bases := array_fill(100::numeric, array[cardinality(t.classes)]);
    t.sums := array_fill(1, array[cardinality(t.classes)]);
    t.heads := array_fill('{"name":' || to_json(p_relief)
        || ',"rate":0,"amount":', array[cardinality(t.classes)]);
    t.included := false;
    return t;
end
$$;

comment on function cart.relieved is
    'terms of who pays no tax: prices that hold it lose it, and one line of'
    ' nothing tells why';
