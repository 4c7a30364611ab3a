drop function if exists catalog.render_offers(bigint[]);

create or replace function catalog.render_offers(products bigint[],
                                                 made boolean default false)
    returns void
    language plpgsql volatile
as $$
declare
    offers catalog.offer[] := array(
        select o from catalog.offers_of(products) as o);
begin
    if made then
        insert into catalog.offer select n.* from unnest(offers) as n;
        return;
    end if;
    delete from catalog.offer o
    where o.product_id = any (products) and not exists (
        select from unnest(offers) as n
        where n.variant_id = o.variant_id and n.currency = o.currency
        and n.store_id = o.store_id);

    insert into catalog.offer as o
    select n.* from unnest(offers) as n
    on conflict (variant_id, currency, store_id) do update
    set variants = excluded.variants, price = excluded.price,
        compare_at = excluded.compare_at, tax_class = excluded.tax_class,
        requires_shipping = excluded.requires_shipping,
        weight_grams = excluded.weight_grams, sku = excluded.sku,
        name = excluded.name, slug = excluded.slug,
        options = excluded.options, image = excluded.image,
        category_path = excluded.category_path,
        seller_id = excluded.seller_id, item = excluded.item,
        limits = excluded.limits, public = excluded.public
    where o is distinct from excluded;
end
$$;

comment on function catalog.render_offers is
    'keeps what may be sold of products; a row that stays the same is not'
    ' written; made: they are new';
