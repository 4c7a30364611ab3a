drop function if exists catalog.category_tree(bigint, bigint[]);

create or replace function catalog.category_tree(store bigint, tops bigint[],
        locale text default null, whole boolean default false)
    returns json[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    c record;
    at int;
    body text;
    ids bigint[] := '{}';
    below text[] := '{}';    -- what is below each, as far as it is known
    trees json[] := array_fill(null::json, array[cardinality(tops)]);
begin
    -- the deepest first: a branch is complete when its parent's turn comes
    for c in
        select k.*, f.products, k.translations -> locale as words
        from catalog.category k
        left join store.store s on s.id = k.store_id
        left join lateral (
            select f.products from search.facet_count f
            where f.store_id = k.store_id and f.category_id = k.id
                and f.currency = s.currency and f.token = '' offset 0
        ) as f on true
        where k.store_id = store and k.path && tops and not k.removed
        order by cardinality(k.path) desc, k.position, k.id
    loop
        at := array_position(ids, c.id);
        body := format('{"id":"%s","slug":%s,"name":%s,"description":%s,'
            '"image":%s,"parent_id":%s,"position":%s,"product_count":%s,'
            '%s"children":[%s]}', c.id, to_json(c.slug),
            to_json(coalesce(c.words ->> 'name', c.name)),
            to_json(coalesce(c.words ->> 'description', c.description)),
            coalesce(to_json(c.image), 'null'),
            coalesce(to_json(c.parent_id::text), 'null'), c.position,
            coalesce(c.products, 0), case when whole then format(
                '"seo":%s,"metadata":%s,',
                c.seo || coalesce(c.words -> 'seo', '{}'), c.metadata) end,
            substr(below[at], 2));
        if c.id = any (tops) then
            trees[array_position(tops, c.id)] := body;
        end if;
        at := array_position(ids, c.parent_id);
        if at is null and c.parent_id is not null then
            ids := ids || c.parent_id;
            below := below || (',' || body);
        elsif at is not null then
            below[at] := below[at] || ',' || body;
        end if;
    end loop;
    return trees;
end
$$;

comment on function catalog.category_tree is
    'some categories, each with those below it; whole: with what pages don''t'
    ' need';
