create or replace function pricing.random_code(p_length int)
    returns text
    language sql volatile
as $$
    -- letters and digits that are not mistaken for each other
    select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
                             get_byte(d.digest, i) % 32 + 1, 1), '' order by i)
    from (select sha256(uuid_send(gen_random_uuid())
                        || uuid_send(gen_random_uuid())) as digest
          offset 0) as d
    cross join generate_series(0, p_length - 1) as i
$$;

comment on function pricing.random_code is
    'a code of at most 32 characters, five random bits each';
