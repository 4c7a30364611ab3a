create or replace function cart.answer_once(p_cart jsonb, p_change text,
        p_user uuid, p_key text, p_fingerprint text)
    returns table (status int, body text, location text, capped text,
        prices text, replayed boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    path constant text := 'POST /pos/carts';
    store constant bigint := p_cart ->> 'store';
    who constant text := 'user:' || p_user;
    answer api.answer := api.idempotency_begin(store, who, path, p_key,
                                               p_fingerprint);
begin
    replayed := coalesce(answer.replayed, false);
    if replayed then
        status := answer.status;
        body := answer.body;
        location := answer.location;
        return next;
        return;
    end if;

    select a.status, a.body, a.location, a.prices
    into strict status, body, location, prices
    from cart.answers(array[p_cart], '{null}', '{null}', array[p_change]) as a;
    if status < 400 then
        answer.status := status;
        answer.body := body;
        answer.location := location;
        perform api.idempotency_end(store, who, path, p_key, answer);
    else
        -- nothing was made: the key may be used again
        delete from api.idempotency i
        where i.store_id = store and i.actor = who and i.endpoint = path
            and i.key = p_key;
    end if;
    return next;
end
$$;

comment on function cart.answer_once is
    'cart.answers() of a till''s cart that is made under an Idempotency-Key: a'
    ' repeat gets the first answer';
