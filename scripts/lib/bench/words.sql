-- What a product of the million is like, by its number n: small numbers come
-- far more often than large ones.

create or replace function pg_temp.h(n bigint, salt int) returns int
    language sql immutable as $$
    select (hashint8extended(n, salt) & 2147483647)::int
$$;

-- small numbers come far more often than large ones
create or replace function pg_temp.skewed(n bigint, salt int, most int) returns int
    language sql immutable as $$
    select floor(most * power(pg_temp.h(n, salt) / 2147483647.0::float8, 2.5))::int
$$;

create or replace function pg_temp.word(n int) returns text
    language sql immutable as $$
    select (array['ba', 'co', 'du', 'fe', 'gi', 'ho', 'ka', 'lu', 'mo', 'na',
                  'po', 'ra', 'se', 'ti', 'vo', 'wa', 'xe', 'zu', 'bri',
                  'cla'])[1 + n % 20]
        || (array['mer', 'lan', 'tor', 'vik', 'ras', 'del', 'nor', 'pal',
                  'sun', 'gar', 'lim', 'bos', 'ter', 'wen', 'kol'])
               [1 + n / 20 % 15]
        || (array['', 'a', 'en', 'ix', 'o', 'um', 'er', 'is', 'on', 'al',
                  'ek', 'ia', 'or', 'us', 'it', 'ol'])[1 + n / 300 % 16]
$$;
