create or replace function search.synonym_words(document jsonb)
    returns text[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    w record;
    seen text[] := '{}';
    plain text;
begin
    for w in select v.value, v.n from jsonb_array_elements_text(
        document -> 'words') with ordinality as v (value, n)
    loop
        plain := search.normal(w.value);
        if cardinality(string_to_array(plain, ' ')) not between 1 and 3
           or plain = any (seen)
        then
            perform api.fail('ZZ422', 'One to three words, each time others.',
                             format('/words/%s', w.n - 1));
        end if;
        seen := seen || plain;
    end loop;
    return array(select jsonb_array_elements_text(document -> 'words'));
end
$$;

comment on function search.synonym_words is
    'the words of a body, once it is sure that they can be searched for';
