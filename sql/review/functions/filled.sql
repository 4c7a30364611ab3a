create or replace function review.filled(old review.review, document jsonb)
    returns review.review
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    new review.review := jsonb_populate_record(old, document - 'reply');
begin
    new.title := nullif(btrim(new.title), '');
    new.body := btrim(new.body, E' \t\r\n');
    new.author := nullif(btrim(new.author), '');
    if new.body = '' then
        perform api.fail('RV422', 'must say something', '/body');
    end if;
    if document ? 'author' and new.author is not null
       and identity.shown_name(new.author) = 'Anonymous'
    then
        perform api.fail('RV422', 'must be a name, not an address',
                         '/author');
    end if;
    return new;
end
$$;

comment on function review.filled is
    'a review with the members of a document, tidied';
