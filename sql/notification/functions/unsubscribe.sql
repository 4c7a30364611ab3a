create or replace function notification.unsubscribe(delivery uuid)
    returns table (body text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    d notification.delivery;
begin
    select t.* into d from notification.delivery t where t.id = delivery;
    case d.template
    when 'back_in_stock' then
        perform wishlist.hush(d.store_id, d.recipient);
    when 'review_request' then
        perform review.hush(d.store_id, a.id) from identity.account a
            where a.email = d.recipient;
    else
        perform api.fail('ZZ404', 'There is nothing to unsubscribe from.');
    end case;
    return query select notification.farewell(d.language, s.name)
        from store.store s where s.id = d.store_id;
end
$$;

comment on function notification.unsubscribe is
    'GET and POST /mails/{id}/unsubscribe: no more mails of this kind to its'
    ' reader; the page that says so';
