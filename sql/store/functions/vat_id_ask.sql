create or replace function store.vat_id_ask(p_store bigint, p_id text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    id text := store.vat_normal(p_id);
begin
    if not store.vat_valid(id) then
        perform api.fail('SO422', 'is not a VAT id', '/vat_id');
    end if;
    if (select s.vat_check = 'registry' from store.store s
        where s.id = p_store)
    then
        -- asked again when the answer is a day old
        insert into store.vat_id as v (vat_id) values (id)
        on conflict (vat_id) do update
        set asked_at = now(), next_at = now(), tries = 0
        where v.next_at is null and coalesce(v.checked_at, v.asked_at) < now() - interval '1 day';
    end if;
    return row(200, store.vat_id_json(p_store, id)::text, null, null, null,
               false)::api.answer;
end
$$;

comment on function store.vat_id_ask is
    'POST /vat-ids: the form is judged at once; the worker asks the registry';
