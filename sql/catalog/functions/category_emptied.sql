create or replace function catalog.category_emptied(category bigint, size int)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    c catalog.category;
    home bigint;
    products bigint[];
    guests bigint[];
begin
    select k.* into c from catalog.category k
        where k.id = category and k.removed;
    -- the one they go up to stays until they have
    select k.id into home from catalog.category k
        where k.id = any (c.path) and not k.removed
        order by cardinality(k.path) desc limit 1 for key share;
    -- who puts one more into it is waited for; nobody does after this
    perform from catalog.category k where k.id = c.id for update;
    products := array(
        select u.id from (
            (select p.id from catalog.product p
             where p.category_id = c.id order by p.id limit size)
            union
            (select x.product_id from catalog.product_store x
             where x.category_id = c.id order by x.product_id limit size)) as u
        order by u.id limit size);
    perform catalog.hold(products);
    update catalog.product p
        set category_id = home, version = p.version + 1, updated_at = now()
        where p.id = any (products) and p.category_id = c.id;
    with moved as (
        update catalog.product_store x set category_id = home
        where x.product_id = any (products) and x.category_id = c.id
        returning x.product_id
    )
    select coalesce(array_agg(m.product_id order by m.product_id), '{}')
        into guests from moved m;
    perform catalog.render(guests) where guests <> '{}';
    perform catalog.drop_products(products) where products <> '{}';
    if cardinality(products) = size then
        return false;
    end if;
    perform catalog.category_gone(c);
    return true;
end
$$;

comment on function catalog.category_emptied is
    'moves so many products of a removed category up; true: it has no more';
