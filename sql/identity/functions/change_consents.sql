create or replace function identity.change_consents(account uuid,
        document jsonb, address inet, request text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    who identity.account;
    changed jsonb;
begin
    select a.* into who from identity.account a
    where a.id = account
    for no key update;

    with said as (
        insert into identity.consent (user_id, purpose, granted, address,
                                      request_id)
        select account, d.key, d.value::boolean, address, request
        from jsonb_each_text(document) as d
        where d.value::boolean is distinct from (
            select c.granted from identity.consent c
            where c.user_id = account and c.purpose = d.key
            order by c.id desc limit 1)
        order by d.key
        returning purpose, granted
    )
    select jsonb_object_agg(s.purpose, s.granted) into changed from said s;

    if changed is not null then
        perform ops.record(who.store_id, account, 'user.consent_changed',
            'user:' || account, null, changed, address, request);
        perform ops.emit('shop.users', account::text, who.version,
            'user.consent_changed', who.store_id,
            jsonb_build_object('id', account, 'consents', changed));
    end if;

    return row(200, identity.consents_body(account)::text, null, null, null,
               null)::api.answer;
end
$$;

comment on function identity.change_consents is
    'PATCH /users/me/consents: what is not in the document stays';
