create or replace function notification.brand(s store.store, public_url text)
    returns jsonb
    language sql stable
as $$
    select jsonb_build_object(
        'shop', s.name,
        'email', s.email,
        'home', notification.base(s.id, public_url) || '/',
        'accent', coalesce(substring(s.theme #>> '{colors,accent,light}'
                                     from '^#[0-9a-fA-F]{6}$'), '#1f2937'))
$$;

comment on function notification.brand is
    'what every mail of a store is filled with';
