create or replace function review.voted()
    returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    -- gone with the review or the account, or changed
    if tg_op <> 'INSERT' then
        update review.review r
            set helpful = r.helpful - old.helpful::int,
                unhelpful = r.unhelpful - (not old.helpful)::int
            where r.id = old.review_id;
    end if;
    if tg_op <> 'DELETE' then
        update review.review r
            set helpful = r.helpful + new.helpful::int,
                unhelpful = r.unhelpful + (not new.helpful)::int
            where r.id = new.review_id;
    end if;
    return null;
end
$$;

comment on function review.voted is 'trigger: a review counts its votes';

create or replace trigger voted
    after insert or update of helpful or delete on review.vote
    for each row execute function review.voted();
