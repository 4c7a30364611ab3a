create or replace function media.keep(keys text[])
    returns text[]
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(k.key), '{}')
    from (select f.key from media.file f
          where f.key = any (keys) and f.state <> 'removing'
          order by f.key
          for key share) as k
$$;

comment on function media.keep is
    'which of these files are there, and stay until this transaction has'
    ' referred to them';
