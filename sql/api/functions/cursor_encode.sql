create or replace function api.cursor_encode(value text)
    returns text
    language sql immutable parallel safe
as $$
    select translate(encode(convert_to(value, 'UTF8'), 'base64'),
                     E'+/=\n', '-_')
$$;

comment on function api.cursor_encode is
    'an opaque cursor (base64url) of the place where the next page starts';
