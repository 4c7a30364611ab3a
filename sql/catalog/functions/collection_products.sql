create or replace function catalog.collection_products(store bigint,
        ref text, wanted text, locale text, staff boolean, size int,
        after text)
    returns table (body text, tags text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    shop store.store;
    c catalog.collection;
    money text;
    part text[] := string_to_array(api.cursor_decode(after), '|');
    page search.page;
    more text;
begin
    select s.* into strict shop from store.store s where s.id = store;
    money := search.currency_of(shop.currency, shop.currencies, wanted);
    select k.* into c from catalog.collection k
        where k.id = catalog.collection_find(store, ref)
        and (k.published or staff);
    if not found then
        perform api.fail('PR404', 'There is no such collection.');
    end if;
    if part[1] <> c.sort or array_to_string(part, '|')
        !~ '^[-a-z]+\|-?[0-9]{1,18}\|[0-9]{1,18}$'
    then
        perform api.fail('ZZ422', 'This cursor was not given by this list.',
                         'cursor');
    end if;
    select array_agg(search.card(i.card, i.in_stock) order by i.rank desc,
                     i.product_id desc),
           array_agg(i.rank order by i.rank desc, i.product_id desc),
           array_agg(i.product_id order by i.rank desc, i.product_id desc)
    into page from (
        select r.* from (
            select e.product_id, e.card, e.in_stock, case c.sort
                       when 'manual' then -x.position
                       when 'price' then -e.price
                       when '-price' then e.price
                       when 'rating' then e.rating
                       else e.newest end as rank
            from catalog.collection_product x
            join search.entry e on e.product_id = x.product_id
                and e.store_id = store and e.currency = money
            where x.collection_id = c.id) as r
        where part is null
        or (r.rank, r.product_id) < (part[2]::bigint, part[3]::bigint)
        order by r.rank desc, r.product_id desc limit size + 1) as i;
    if cardinality(page.cards) > size then
        more := api.cursor_encode(concat_ws('|', c.sort, page.ranks[size],
                                            page.products[size]));
    end if;
    if locale is not null then
        page.cards := catalog.localized_cards(page.cards, locale);
    end if;
    body := format('{"items":[%s],"next_cursor":%s}',
                   array_to_string(page.cards[:size], ','),
                   coalesce(to_json(more)::text, 'null'));
    tags := 'catalog:' || store || shop.shows;
    return next;
end
$$;

comment on function catalog.collection_products is
    'GET /collections/{id}/products: what is for sale of it, in its order';
