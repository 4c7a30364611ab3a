create or replace function store.vat_id_done(p_id text, p_status int,
        p_body text, p_pause interval, p_tries int)
    returns text
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    said jsonb := store.vat_answer(p_body);
    known boolean := coalesce(said -> 'isValid', said -> 'valid');
    problem text := coalesce(said ->> 'userError',
                             said -> 'errorWrappers' -> 0 ->> 'error');
    v store.vat_id;
begin
    select t.* into v from store.vat_id t where t.vat_id = p_id
        for no key update;
    if not found then
        return 'gone';
    end if;
    if p_status = 200 and known is not null
        and (problem is null or problem in ('VALID', 'INVALID'))
    then
        v.state := case when known then 'valid' else 'invalid' end;
        v.name := nullif(left(said ->> 'name', 200), '---');
        v.checked_at := now();
        v.next_at := null;
        v.error := null;
    else
        -- the registry, or the country behind it, has no answer now
        v.error := left(coalesce(problem, 'status ' || p_status), 100);
        v.next_at := case when v.tries < p_tries
            then now() + least(p_pause * 2 ^ v.tries, interval '6 hours') end;
    end if;
    update store.vat_id t
    set state = v.state, name = v.name, checked_at = v.checked_at,
        next_at = v.next_at, error = v.error
    where t.vat_id = p_id;
    return v.state;
end
$$;

comment on function store.vat_id_done is
    'what the registry said of a VAT id: no answer leaves it as it was, and'
    ' the registry is asked again';
