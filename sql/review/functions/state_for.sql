drop function if exists review.state_for(bigint, text);

create or replace function review.state_for(store bigint, r review.review,
                                            document jsonb)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when s.moderation = 'all'
                or s.moderation = 'doubtful' and (
                    review.doubtful(concat_ws(' ', r.author, r.title, r.body))
                    or document -> 'images' <> '[]')
                then 'pending' else 'published' end
    from review.settings(store) as s
$$;

comment on function review.state_for is
    'whether what was written is published at once or waits, by the settings;'
    ' nothing but eyes can judge a picture';
