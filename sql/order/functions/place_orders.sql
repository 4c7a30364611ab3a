create or replace function "order".place_orders(p_items jsonb[])
    returns table (ord int, status int, body text, etag text, location text,
        tags text, replayed boolean)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set plan_cache_mode = force_generic_plan
    set enable_hashjoin = off
    set enable_mergejoin = off
    set enable_seqscan = off
as $$
#variable_conflict use_column
declare
    answers api.answer[] := array_fill(null::api.answer,
                                       array[cardinality(p_items)]);
    keyed boolean := false;
    same int[];
    rounds int[];
    i jsonb;
    a record;
begin
    foreach i in array p_items loop
        keyed := keyed or i ? 'key';
    end loop;
    if keyed then
        for a in select * from "order".claim_keys(p_items) loop
            answers[a.n] := a.answer;
            same[a.n] := a.same;
        end loop;
    end if;

    rounds := pricing.lock(p_items);
    if rounds is null then
        answers := "order".place_round(p_items, answers, same);
    else
        answers := "order".place_rounds(p_items, answers, same, rounds);
    end if;

    if keyed then
        perform "order".settle_keys(p_items, answers);
    end if;
    for n in 1 .. cardinality(answers) loop
        ord := n;
        status := (answers[n]).status;
        body := (answers[n]).body;
        etag := (answers[n]).etag;
        location := (answers[n]).location;
        tags := (answers[n]).tags;
        replayed := (answers[n]).replayed;
        return next;
    end loop;
end
$$;

comment on function "order".place_orders is
    'places a batch of orders, each with all of its lines or not at all; one'
    ' row an item, a refusal is a row with the members of its problem';
