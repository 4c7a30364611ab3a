create or replace function review.state_for(store bigint, words text)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when s.moderation = 'all'
                or s.moderation = 'doubtful' and review.doubtful(words)
                then 'pending' else 'published' end
    from review.settings(store) as s
$$;

comment on function review.state_for is
    'whether a new text is published at once or waits, by the settings';
