create or replace function identity.may_mail(account uuid, purpose text)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
    most constant integer := 5;
begin
    if (select count(*) from identity.mail_request r
        where r.subject = account and r.purpose = purpose
        and r.at > now() - interval '1 hour') >= most
    then
        return false;
    end if;
    insert into identity.mail_request (subject, purpose)
    values (account, purpose);
    return true;
end
$$;

comment on function identity.may_mail is
    'counts a mail that somebody asked for; false: five within an hour are'
    ' enough.  The account''s row is locked';
