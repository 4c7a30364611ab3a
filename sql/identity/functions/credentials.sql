drop function if exists identity.credentials(text);

create or replace function identity.credentials(email text)
    returns table (user_id text, password_hash text, kinds text)
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off
    set enable_sort = off
as $$
#variable_conflict use_column
declare
    known text;
begin
    select a.id::text, a.password_hash into user_id, password_hash
    from identity.account a
    where a.email = lower(credentials.email)
    and a.password_hash is not null and a.blocked_at is null;

    -- a probe of account_hash_kind for each kind, of which there is mostly one;
    -- also by a plan that was made when there were few accounts
    for i in 1 .. 8 loop
        select k.kind into known
        from (select substring(a.password_hash from
                '^[$](?:2[aby][$]\d\d[$]|argon2id[$]v=\d+[$]m=\d+,t=\d+,p=\d+[$])')
                collate "C" as kind
              from identity.account a) as k
        where k.kind > coalesce(known, '')
        order by k.kind
        limit 1;
        exit when known is null;
        kinds := concat_ws(' ', kinds, known);
    end loop;
    return next;
end
$$;

comment on function identity.credentials is
    'what a sign-in by password is checked against: the account (null: none,'
    ' or a blocked one), and the kinds of hashes that accounts have';
