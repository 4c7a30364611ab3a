create or replace function media.attach(store bigint, owner uuid,
        assets uuid[], subject text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    update media.asset a
    set subject = null, updated_at = now()
    where a.subject = attach.subject and a.id <> all (assets);

    update media.asset a
    set subject = attach.subject, updated_at = now()
    from media.file f
    where a.id = any (assets) and a.store_id = store
    and a.owner = attach.owner and a.purpose = 'review'
    and coalesce(a.subject, attach.subject) = attach.subject
    and f.key = a.key and f.state in ('new', 'working', 'ready');

    if (select count(*) from media.asset a
        where a.subject = attach.subject) < cardinality(assets)
    then
        perform api.fail('ZZ422', 'These are not pictures that you uploaded'
                                  ' for a review.', '/images');
    end if;
end
$$;

comment on function media.attach is
    'the pictures that a review shows, and no others: its writer''s own';
