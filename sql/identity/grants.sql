grant execute on function
    identity.register(bigint, text, text, text, bytea, integer, integer, text,
                      inet, text),
    identity.credentials(text),
    identity.sign_in(bigint, uuid, text, text, bytea, integer, integer, text,
                     inet, text),
    identity.sign_in_failed(bigint, text, inet, text),
    identity.refresh(bytea, bytea, boolean, integer, integer, inet, text),
    identity.logout(uuid, uuid, boolean, inet, text),
    identity.session_stands(uuid),
    identity.revocations(),
    identity.role_permissions(),
    identity.me(uuid),
    identity.change_me(uuid, jsonb, text, inet, text),
    identity.addresses(uuid, integer, text),
    identity.add_address(uuid, jsonb),
    identity.change_address(uuid, text, jsonb, text),
    identity.remove_address(uuid, text)
    to shop_gateway;

grant execute on function identity.clean(integer) to shop_worker;
