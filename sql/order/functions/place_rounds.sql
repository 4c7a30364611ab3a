create or replace function "order".place_rounds(p_items jsonb[],
        p_answers api.answer[], p_same int[], p_rounds int[])
    returns api.answer[]
    language plpgsql volatile
as $$
declare
    answers api.answer[] := p_answers;
    part api.answer[];
    places int[];
begin
    perform "order".hold(p_items);
    for r in 1 .. p_rounds[cardinality(p_rounds)] loop
        places := '{}';
        for n in 1 .. cardinality(p_items) loop
            if p_rounds[n] = r and (answers[n]).status is null
                and p_same[n] is null
            then
                places := places || n;
            end if;
        end loop;
        continue when places = '{}';
        part := "order".place_round(
            array(select p_items[u.n] from unnest(places) with ordinality
                      as u (n, i) order by u.i),
            array_fill(null::api.answer, array[cardinality(places)]), null);
        for k in 1 .. cardinality(places) loop
            answers[places[k]] := part[k];
        end loop;
    end loop;
    for n in 1 .. cardinality(p_items) loop
        if (answers[n]).status is null then
            answers[n] := answers[p_same[n]];
        end if;
    end loop;
    return answers;
end
$$;

comment on function "order".place_rounds is
    'places a batch whose orders share a coupon or a gift card: one after the'
    ' other, so that each sees what those before it have left';
