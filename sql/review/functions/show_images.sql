create or replace function review.show_images(r review.review, document jsonb)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if document ? 'images' then
        perform media.attach(r.store_id, r.user_id, array(
            select i::uuid
            from jsonb_array_elements_text(document -> 'images') as i),
            'review:' || r.id);
    end if;
end
$$;

comment on function review.show_images is
    'the pictures of a review are those that a document names, of its author';
