create or replace function store.rate_change(store_id bigint, currency text,
        actor uuid, if_version bigint, document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    own store.store;
    old store.conversion;
    new store.conversion;
    answer api.answer;
    given text := document ->> 'own_rate';
begin
    select s.* into strict own from store.store s where s.id = store_id;
    if currency <> all (own.currencies) or currency = own.currency then
        perform api.fail('SO404', 'The store does not sell in this currency,'
                         ' or it is its own.');
    end if;
    if given !~ '^[0-9]{1,9}(\.[0-9]{1,12})?$' or given::numeric = 0 then
        perform api.fail('SO422', 'A rate is a decimal greater than 0, with at'
                         ' most 12 digits behind the point.', '/own_rate');
    end if;

    insert into store.conversion as c (store_id, currency, version)
        values (store_id, currency, 0) on conflict do nothing;
    select c.* into strict old from store.conversion c
        where c.store_id = store_id and c.currency = currency
        for no key update;
    if old.version <> if_version then
        perform api.fail('AP412', 'The rate has changed meanwhile.');
    end if;
    new := jsonb_populate_record(old, document - 'own_rate');
    if document ? 'own_rate' then
        new.rate := given;
    end if;
    if new.ending >= new.step then
        perform api.fail('SO422', 'It is less than the step.', '/ending');
    end if;
    update store.conversion c
        set convert = new.convert, rate = new.rate, step = new.step,
            ending = new.ending, version = c.version + 1, updated_at = now()
        where c.store_id = store_id and c.currency = currency;

    if old.convert or new.convert then
        perform store.convert_later(store_id, currency, actor);
    end if;
    perform ops.record(store_id, actor, 'rate.change',
        format('rate:%s:%s', store_id, currency), to_jsonb(old),
        to_jsonb(new));
    select 200, s.body, s.etag into answer.status, answer.body, answer.etag
        from store.rate_show(store_id, currency) as s;
    return answer;
end
$$;

comment on function store.rate_change is
    'PATCH /exchange-rates/{currency}; prices that follow it are put right by'
    ' a job';
