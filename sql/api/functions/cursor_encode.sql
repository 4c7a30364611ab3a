create or replace function api.cursor_encode(value text)
    returns text
    language plpgsql immutable parallel safe
as $$
begin
    return translate(encode(convert_to(value, 'UTF8'), 'base64'),
                     E'+/=\n', '-_');
end
$$;

comment on function api.cursor_encode is
    'an opaque cursor (base64url) of the place where the next page starts';
