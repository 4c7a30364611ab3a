create or replace function search.card(card text, in_stock boolean)
    returns text
    language sql immutable parallel safe
as $$
    select card || case when in_stock then 'true}' else 'false}' end
$$;

comment on function search.card is 'an item of a list, complete';
