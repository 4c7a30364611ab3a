create or replace function "order".waiting(p_order uuid, p_quote json)
    returns json
    language plpgsql stable
as $$
declare
    later jsonb;
begin
    select jsonb_object_agg(r.variant_id, r.pieces) into later
    from (select t.variant_id, sum(t.backordered) as pieces
          from inventory.reservation t
          where t.order_id = p_order and t.backordered > 0
          group by t.variant_id) as r;
    if later is null then
        return p_quote;
    end if;
    return p_quote::jsonb || jsonb_build_object('items', (
        select jsonb_agg(case when i.pieces > 0 then i.value
                   || jsonb_build_object('backordered', i.pieces)
                   else i.value end order by i.n)
        from (select x.value, x.n, least(
                  (x.value ->> 'quantity')::bigint,
                  (later ->> (x.value ->> 'variant_id'))::bigint - coalesce(
                      sum((x.value ->> 'quantity')::bigint) over (
                          partition by x.value ->> 'variant_id'
                          order by x.n desc
                          rows between unbounded preceding and 1 preceding),
                      0)) as pieces
              from jsonb_array_elements(p_quote::jsonb -> 'items')
                  with ordinality as x (value, n)) as i));
end
$$;

comment on function "order".waiting is
    'the quote of an order with how many pieces of a line are still to come;'
    ' of two lines of a variant the last waits first';
