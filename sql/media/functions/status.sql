create or replace function media.status(state text)
    returns text
    language sql immutable parallel safe
as $$
    select case when state in ('new', 'working') then 'processing'
                when state = 'failed' then 'failed' else 'ready' end
$$;

comment on function media.status is 'of a picture, as the API tells it';
