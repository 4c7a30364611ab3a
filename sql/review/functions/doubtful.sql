create or replace function review.doubtful(words text)
    returns boolean
    language sql immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select words ~* ('(://|www\.|[[:alnum:]_.+-]+@[[:alnum:]-]+\.'
                     '|[[:alnum:]-]{2,}\.(com|net|org|info|biz|shop|store'
                     '|online|site|xyz|io|co|de|ru|cn)([^[:alnum:]]|$))')
        or words ~ '[0-9]([ ()/.-]*[0-9]){8}'
        or words ~ '(.)\1{9}'
        or (length(words) >= 40 and words ~ '[[:upper:]]'
            and words !~ '[[:lower:]]')
$$;

comment on function review.doubtful is
    'whether a moderator should look at a text first: addresses, numbers to'
    ' call, one sign over and over, shouting';
