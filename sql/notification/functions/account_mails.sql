create or replace function notification.account_mails(p_type text,
        p_data jsonb)
    returns table (template text, store_id bigint, email text, name text,
        locale text, data jsonb)
    language sql stable
as $$
    select m.template, a.store_id, m.email, a.name, a.locale,
           m.data || case when m.token is null then '{}'
               else jsonb_build_object('token', m.token, 'subject', a.id,
                   'path', case m.token
                       when 'reset_password' then '/reset-password'
                       else '/verify-email' end) end
    from identity.account a
    cross join lateral (values
        ('user.registered', 'welcome', a.email,
         case when a.email_verified_at is null then 'verify_email' end,
         jsonb_build_object('verify', a.email_verified_at is null)),
        ('user.verification_requested', 'verify_email',
         case when a.email_verified_at is null then a.email end,
         'verify_email', '{}'),
        ('user.password_reset_requested', 'reset_password',
         case when a.blocked_at is null then a.email end, 'reset_password',
         '{}'),
        ('user.password_changed', 'password_changed', a.email, null, '{}'),
        ('user.email_change_requested', 'change_email', a.new_email,
         'change_email', '{}'),
        ('user.email_change_requested', 'email_change_notice',
         case when a.new_email is not null then a.email end, null, '{}'),
        ('user.new_sign_in', 'new_sign_in', a.email, null,
         jsonb_build_object(
             'agent', notification.one_line(p_data ->> 'agent'),
             'address', p_data ->> 'address',
             'at', replace(left(p_data ->> 'at', 16), 'T', ' ') || ' UTC')),
        ('user.mfa_enabled', 'mfa_enabled', a.email, null, '{}'),
        ('user.mfa_disabled', 'mfa_disabled', a.email, null, '{}'),
        ('user.passkey_added', 'passkey_added', a.email, null,
         jsonb_build_object('passkey',
             notification.one_line(p_data ->> 'name'))),
        ('user.passkey_removed', 'passkey_removed', a.email, null,
         jsonb_build_object('passkey',
             notification.one_line(p_data ->> 'name')))
        ) as m (type, template, email, token, data)
    where a.id = (p_data ->> 'id')::uuid and m.type = p_type
    union all
    select 'invitation', i.store_id, i.email, i.name, null,
           jsonb_build_object('token', 'invitation', 'subject', i.id,
                              'path', '/accept-invitation')
    from identity.invitation i
    where p_type = 'user.invited'
    and i.id = (p_data ->> 'invitation_id')::uuid
    and i.accepted_at is null and i.revoked_at is null
$$;

comment on function notification.account_mails is
    'the mails that an event of an account asks for; token: the purpose of the'
    ' secret that the worker puts into its link';
