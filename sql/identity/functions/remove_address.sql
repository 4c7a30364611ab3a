create or replace function identity.remove_address(account uuid, id text)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
    delete from identity.address a
    where a.user_id = account and a.id::text = id;
    if not found then
        perform api.fail('ZZ404', 'There is no such address.');
    end if;
    return row(204, null, null, null, null, null)::api.answer;
end
$$;

comment on function identity.remove_address is
    'DELETE /users/me/addresses/{id}';
