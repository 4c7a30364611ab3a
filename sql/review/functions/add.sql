create or replace function review.add(store bigint, actor uuid, ref text,
                                      document jsonb)
    returns api.answer
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    product bigint := review.product_of(store, ref);
    bought uuid := review.bought(actor, product);
    made review.review;
begin
    if exists (select from review.review r
               where r.product_id = product and r.user_id = actor)
    then
        perform api.fail('RV409', 'You have reviewed this already.');
    end if;
    if bought is null then
        perform api.fail('RV403',
            'Reviews are for those who have bought the product.');
    end if;
    made := review.filled(null, document);
    insert into review.review as r (store_id, product_id, user_id, author,
        rating, title, body, status, verified, order_id)
    select store, product, actor,
           coalesce(made.author, identity.shown_name(a.name)), made.rating,
           made.title, made.body,
           review.state_for(store, made, document), true, bought
    from identity.account a where a.id = actor
    returning r.* into strict made;
    perform review.show_images(made, document);
    perform review.tell(made, 'review.created');
    return review.answer(made, 'own', 201);
exception when unique_violation then
    perform api.fail('RV409', 'You have reviewed this already.');
end
$$;

comment on function review.add is
    'POST /products/{id}/reviews: one a customer, who has bought it';
