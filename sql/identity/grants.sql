grant execute on function
    identity.register(bigint, text, text, text, bytea, integer, integer, text,
                      inet, text),
    identity.credentials(text),
    identity.sign_in(bigint, uuid, text, text, bytea, integer, integer, text,
                     inet, text),
    identity.sign_in_failed(bigint, text, inet, text),
    identity.refresh(bytea, bytea, boolean, integer, integer, inet, text),
    identity.logout(uuid, uuid, boolean, inet, text),
    identity.session_roles(uuid),
    identity.revocations(),
    identity.role_permissions(),
    identity.me(uuid),
    identity.change_me(uuid, jsonb, text, inet, text),
    identity.addresses(uuid, integer, text),
    identity.add_address(uuid, jsonb),
    identity.change_address(uuid, text, jsonb, text),
    identity.remove_address(uuid, text)
    to shop_gateway;

-- passwords, mails, sessions, personal data
grant execute on function
    identity.ask_verification(uuid, inet, text),
    identity.verify_email(bytea, inet, text),
    identity.forgot_password(bigint, text, inet, text),
    identity.reset_of(bytea),
    identity.reset_password(bytea, text, inet, text),
    identity.confirming(uuid, uuid),
    identity.change_password(uuid, uuid, text, text, inet, text),
    identity.ask_email(uuid, text, text, inet, text),
    identity.sessions(uuid, uuid),
    identity.end_own_session(uuid, uuid, inet, text),
    identity.consents(uuid),
    identity.change_consents(uuid, jsonb, inet, text),
    identity.export(uuid),
    identity.erase(uuid, text, text)
    to shop_gateway;

-- second factors and passkeys
grant execute on function
    identity.mfa(uuid, uuid),
    identity.mfa_look(bytea),
    identity.mfa_reset(uuid, text, uuid, inet, text),
    identity.mfa_sign_in(bytea, bytea, bigint, bytea, bytea, bytea, integer,
                         integer, text, inet, text),
    identity.totp_of(uuid),
    identity.totp_begin(bigint, uuid, uuid, bytea),
    identity.totp_confirm(uuid, uuid, bytea, bigint, bytea[], inet, text),
    identity.totp_remove(uuid, uuid, boolean, bytea, bigint, bytea, inet,
                         text),
    identity.recovery_renew(uuid, bytea, bigint, bytea[], inet, text),
    identity.passkeys(uuid),
    identity.passkey_begin(bigint, uuid, uuid, text, text),
    identity.passkey_add(uuid, uuid, bytea, timestamptz, text, jsonb, text,
                         inet, text),
    identity.passkey_find(bytea, text),
    identity.passkey_refused(bigint, uuid, inet, text),
    identity.passkey_sign_in(bigint, uuid, bytea, timestamptz, bigint,
                             boolean, boolean, bytea, integer, integer, text,
                             inet, text),
    identity.passkey_rename(uuid, uuid, text, text),
    identity.passkey_remove(uuid, uuid, uuid, inet, text)
    to shop_gateway;

-- roles, accounts of others, invitations, API keys
grant execute on function
    identity.permissions(uuid, text),
    identity.roles(integer, text),
    identity.role_show(text),
    identity.add_role(bigint, uuid, text, jsonb, inet, text),
    identity.change_role(bigint, uuid, text, text, jsonb, text, inet, text),
    identity.remove_role(bigint, uuid, text, text, inet, text),
    identity.users(text, text, boolean, integer, text),
    identity.user_show(uuid),
    identity.change_user(bigint, uuid, text, uuid, boolean, jsonb, text,
                         inet, text),
    identity.invitations(integer, text),
    identity.invite(bigint, uuid, text, jsonb, inet, text),
    identity.withdraw_invitation(bigint, uuid, uuid, inet, text),
    identity.invitation_of(bytea),
    identity.accept_invitation(bigint, bytea, text, text, text, bytea,
                               integer, integer, text, inet, text),
    identity.api_keys(uuid, boolean, integer, text),
    identity.api_key_show(uuid, uuid, boolean),
    identity.add_api_key(bigint, uuid, text, jsonb, inet, text),
    identity.remove_api_key(bigint, uuid, boolean, uuid, inet, text),
    identity.api_key_of(bytea, inet, text),
    identity.api_key_used(uuid, bigint, inet, text)
    to shop_gateway;

-- OAuth 2.0
grant execute on function
    identity.authorize(bigint, uuid, uuid, jsonb, bytea),
    identity.client_request(uuid, uuid, bigint, text),
    identity.decide_request(uuid, uuid, uuid, boolean, bytea, inet, text),
    identity.token(bigint, jsonb, bytea, bytea, text, bytea, bytea, integer,
                   integer, text, inet, text),
    identity.revoke_token(bigint, text, bytea, uuid, bytea, text, inet, text),
    identity.introspect(bigint, text, bytea, uuid, bytea, text, inet, text),
    identity.userinfo(uuid, text),
    identity.clients(integer, text),
    identity.client(uuid),
    identity.add_client(bigint, uuid, jsonb, bytea, inet, text),
    identity.change_client(bigint, uuid, uuid, jsonb, text, inet, text),
    identity.remove_client(bigint, uuid, uuid, inet, text),
    identity.put_client_secret(bigint, uuid, uuid, bytea, inet, text),
    identity.grants(uuid, bigint, text),
    identity.remove_grant(bigint, uuid, uuid, inet, text)
    to shop_gateway;

-- identities at outside issuers
grant execute on function
    identity.spend_state(bytea, timestamptz),
    identity.outside_sign_in(bigint, text, text, text, text, boolean, text,
                             boolean, bytea, integer, integer, text, inet,
                             text),
    identity.outside_bearer(bigint, text, text, text, text, boolean, text,
                            boolean, boolean, inet, text, text),
    identity.outside_told(bigint, text, text, text, jsonb, inet, text),
    identity.identities(uuid),
    identity.link_own(uuid, uuid, text, text, text, text, inet, text),
    identity.unlink_own(uuid, uuid, uuid, inet, text)
    to shop_gateway;

grant execute on function identity.clean(integer) to shop_worker;
