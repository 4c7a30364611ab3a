create or replace function identity.use_mail_token(hash bytea,
        purposes text[])
    returns setof identity.mail_token
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    used identity.mail_token;
begin
    delete from identity.mail_token t
    where t.hash = hash and t.purpose = any (purposes)
    returning t.* into used;

    if not found or used.expires_at <= now() then
        perform api.fail('ID422',
            'has expired, was used before, or is not known', '/token');
    end if;

    -- the others of its kind are of mails that were sent again
    delete from identity.mail_token t
    where t.subject = used.subject and t.purpose = used.purpose;

    return next used;
end
$$;

comment on function identity.use_mail_token is
    'the one use of a mail''s token; any other token raises ID422 at /token';
