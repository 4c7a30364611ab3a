create or replace function catalog.product_bulk_row(store store.store,
        actor uuid, manager boolean, n bigint, document jsonb)
    returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    product catalog.product;
    given jsonb := document - array['id', 'version'];
    refusal jsonb;
    state text;
    sentence text;
    field text;
begin
    perform catalog.bulk_checked(document);
    if document ? 'id' then
        product := catalog.product_locked(store.id, document ->> 'id', actor,
            manager, (document ->> 'version')::bigint);
        perform catalog.product_altered(store, product, actor, manager, given);
        return jsonb_build_object('index', n, 'status', 200,
            'id', product.id::text, 'version', product.version + 1);
    end if;
    product := catalog.product_made(store, actor, manager, given);
    return jsonb_build_object('index', n, 'status', 201,
        'id', product.id::text, 'slug', product.slug, 'version', 1);
exception when others then
    get stacked diagnostics state = returned_sqlstate,
        sentence = message_text, field = column_name;
    refusal := catalog.row_refusal(n, state, sentence,
        case when field like '/%' then field end);
    if refusal is null then
        raise;
    end if;
    return refusal;
end
$$;

comment on function catalog.product_bulk_row is
    'a row of a bulk request: a change when it has an id, else a new product;'
    ' a refused row leaves nothing behind';
