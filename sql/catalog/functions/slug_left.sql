create or replace function catalog.slug_left(store bigint, kind text,
        subject bigint, old text, new text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    former bigint;
begin
    if old is not distinct from new then
        return;
    end if;
    delete from catalog.former_slug f
        where f.store_id = store and f.kind = slug_left.kind and f.slug = new
        returning f.subject_id into former;
    -- its answers are cached by this slug, too
    if slug_left.kind = 'product' and former <> subject then
        perform ops.notify_drop('product:' || former);
    end if;
    insert into catalog.former_slug as f (store_id, kind, slug, subject_id)
    select store, slug_left.kind, old, subject
    where old is not null
    on conflict (store_id, kind, slug) do update
    set subject_id = excluded.subject_id, left_at = now();
end
$$;

comment on function catalog.slug_left is
    'the old slug of something leads to it from now on, and its new one to'
    ' nothing else';
