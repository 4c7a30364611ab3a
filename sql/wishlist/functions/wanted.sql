create or replace function wishlist.wanted(store bigint, money text,
        document jsonb, out product_id bigint, out variant_id bigint,
        out price bigint)
    returns record
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    field text := case when document ? 'variant_id' then 'variant_id'
                       else 'product_id' end;
    ref text := document ->> field;
begin
    if not document ?| '{product_id,variant_id}' then
        perform api.fail('WL422', 'is needed, or a variant_id',
                         '/product_id');
    end if;
    if ref ~ '^[0-9]{1,18}$' then
        select o.product_id,
               case field when 'variant_id' then o.variant_id end,
               coalesce(o.public, o.price)
        into product_id, variant_id, price
        from catalog.offer o
        where o.store_id = store and o.currency = money
        and case field when 'variant_id' then o.variant_id = ref::bigint
                       else o.product_id = ref::bigint end
        and (field = 'product_id' or not document ? 'product_id'
             or o.product_id::text = document ->> 'product_id')
        order by coalesce(o.public, o.price) limit 1;
    end if;
    if wanted.product_id is null then
        perform api.fail('WL404', 'There is no such product.');
    end if;
end
$$;

comment on function wishlist.wanted is
    'the product or variant that a document names, and what it costs now';
