create or replace function search.sought(a search.ask)
    returns search.found
    language plpgsql stable
as $$
declare
    plain constant boolean := a.words is not null and a.picks = '{}'
        and num_nonnulls(a.stocked, a.low, a.high, a.numbers) = 0;
    found search.found;
    page search.page;
    guess bigint;
begin
    a := search.planned(a);
    -- several words, one of them rare, are rarer together
    if plain and a.documents > (case when a.parts[2] is null then 1000
                                     else 10000 end)
    then
        guess := search.guessed(a);
        -- nothing is guessed where nothing sells
        if guess > 0 or a.documents <= 20000 then
            a.documents := guess;
        end if;
    end if;
    if a.documents > 10000 then
        found := search.sampled(a);
        if found.approximate then
            page := case when a.words is null then search.walk(a)
                when a.sort = 'relevance' then search.popular(a) end;
            if coalesce(cardinality(page.cards), 0) <= a.size then
                a.faceted := false;
                page := (search.gather(a)).page;
            end if;
            found.page := page;
            return found;
        end if;
    end if;
    found := case when plain then search.worded(a)
        else search.gathered(a, true) end;
    found.approximate := found.products > 10000;
    found.products := least(found.products, 10000);
    return found;
end
$$;

comment on function search.sought is
    'products under filters or with words: all that fit if they are at most'
    ' 10,000, else a part of them by which the rest is told';
