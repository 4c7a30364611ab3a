drop function if exists search.list(bigint, text, text, text, bigint, bigint,
    boolean, jsonb, text, int, text);
drop function if exists search.list(bigint, text, text, text, bigint, bigint,
    boolean, jsonb, text, int, text, text, text);

create or replace function search.list(store bigint, currency text,
        category text, query text, low bigint, high bigint, stocked boolean,
        filters jsonb, sort text, size int, after text,
        collection text default null, locale text default null)
    returns table (body text, tags text, note text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
as $$
declare
    a search.ask;
    page search.page;
    answer record;
begin
    a := search.asked_of(store, currency, sort, size, after, query);
    if category is not null then
        a.category := coalesce(catalog.category_find(store, category), -1);
        a.level := (select cardinality(c.path) + 1 from catalog.category c
                    where c.id = a.category);
    end if;
    if num_nonnulls(low, high, stocked) > 0 then
        a.low := low;
        a.high := high;
        a.stocked := stocked;
    end if;
    if num_nonnulls(category, filters, low, high, collection) > 0 then
        a.picks := search.picks(a, filters);
    end if;
    if filters is not null then
        a.numbers := search.numbers_asked(a.picks, filters);
    end if;
    if collection is not null then
        -- members of a large one that was hidden may be indexed yet
        a.picks := a.picks || search.pick_of(a, '#', array['#' || coalesce((
            select c.id from catalog.collection c
            where c.id = catalog.collection_find(store, collection)
            and c.published), -1)]);
    end if;
    answer := search.look(a);
    page := answer.page;
    if locale is not null then
        page.cards := catalog.localized_cards(page.cards, locale);
        answer.facets := catalog.localized_facets(store, answer.facets,
                                                  locale);
    end if;
    body := search.list_json(page, a.size, a.sort,
        coalesce(answer.facets,
                 '{"categories" : [], "attributes" : [], "prices" : []}'),
        answer.products, answer.approximate);
    tags := concat('catalog:', store, a.shows);
    if query is not null and answer.products = 0 and a.picks = '{}'
       and stocked is null
    then
        note := jsonb_build_object('store', store, 'missed', query);
    end if;
    return next;
end
$$;

comment on function search.list is
    'GET /products and /products/search: a page of products that fit, and'
    ' the facets of all that fit; note is for ops.note()';
