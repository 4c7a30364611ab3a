create or replace function notification.stock_mails(p_type text, p_data jsonb)
    returns table (template text, store_id bigint, email text, name text,
        locale text, data jsonb)
    language plpgsql volatile
as $$
#variable_conflict use_column
begin
    if p_type <> 'stock.low' or not inventory.tell_low(
        (p_data ->> 'variant_id')::bigint, (p_data ->> 'warehouse_id')::bigint)
    then
        return;
    end if;
    return query
    select 'stock_low', p.store_id, coalesce(a.email, s.email), a.name,
           a.locale, jsonb_build_object(
               'product', notification.one_line(p.name),
               'sku', v.sku,
               'options', nullif(array_to_string(v.options, ', '), ''),
               'warehouse', w.name,
               'available', (p_data ->> 'available')::bigint,
               'threshold', (p_data ->> 'threshold')::int,
               'path', '/products/' || p.slug)
    from catalog.variant v
    join catalog.product p on p.id = v.product_id
    join store.store s on s.id = p.store_id
    join inventory.warehouse w
        on w.id = (p_data ->> 'warehouse_id')::bigint
    left join identity.account a
        on a.id = p.seller_id and a.blocked_at is null
    where v.id = (p_data ->> 'variant_id')::bigint
        and v.deleted_at is null and p.deleted_at is null;
end
$$;

comment on function notification.stock_mails is
    'the mail that a stock which gets low asks for: to the seller of the'
    ' product, else to the store; at most one a day';
